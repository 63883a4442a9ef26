"""Forms of strategies."""

from dataclasses import asdict, fields

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from jobsearch.coaching.strategies.rules import StrategyText
from jobsearch.web.fields import DateField, Required
from jobsearch.web.forms import Form


class StrategyForm(Form):
    """Goal, kinds of work, area and own targets; and which version was on the page."""

    goal = TextAreaField(
        _l("Goal"),
        description=_l("For example: a job of 30 hours a week by Christmas."),
    )
    work = TextAreaField(
        _l("Kinds of work"),
        description=_l("For example: warehouse work, cleaning, driving a van."),
    )
    area = StringField(
        _l("Area"),
        description=_l("For example: Pori and Ulvila, by bus or bicycle."),
    )
    targets = TextAreaField(
        _l("My own targets"),
        description=_l("For example: two calls every morning, one visit a week."),
    )
    about_work = BooleanField(_l("It is about a workplace or a job, not about anybody's health."))
    seen = HiddenField()

    @classmethod
    def of(cls, text: StrategyText, version: int) -> "StrategyForm":
        """The form with what is written."""
        return cls(formdata=None, seen=str(version), **asdict(text))

    def catch_up(self, version: int) -> bool:
        """From now on this version is on the page; says whether it was another."""
        is_behind = self.wanted()[0] != version
        self.seen.data = str(version)
        return is_behind

    def wanted(self) -> tuple[int, StrategyText]:
        """The version that was on the page, and the texts."""
        seen = str(self.seen.data or "")
        version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
        typed = {field.name: self[field.name].data or "" for field in fields(StrategyText)}
        return version, StrategyText(**typed)


class StepForm(Form):
    """A step that is agreed on."""

    text = StringField(
        _l("Which step comes next?"),
        description=_l("For example: call Satakunnan Huolto on Thursday."),
        validators=[Required(_l("Say which step comes next.")), Length(max=200)],
    )
    due_on = DateField(_l("By when"))
