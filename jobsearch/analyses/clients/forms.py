"""Forms of clients: what is asked, and to whom one is handed over."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from jobsearch.analyses.questions.rules import TITLES, QuestionKind
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form


class AskForm(Form):
    """One thing of the list, and a few words."""

    kind = RadioField(
        _l("What would you like to ask?"), validators=[InputRequired(_l("Choose one."))]
    )
    words = TextAreaField(
        _l("A few words"),
        description=_l("At most 300 characters. Nothing about health, no identity code."),
    )

    def offer(self, kinds: tuple[QuestionKind, ...]) -> "AskForm":
        """Let choose among these; returns itself."""
        self.kind.choices = [SelectChoice(kind.value, _(TITLES[kind])) for kind in kinds]
        return self

    def chosen(self) -> QuestionKind:
        """What is asked, after it was validated."""
        return QuestionKind(self.kind.data or "")


class ColleagueForm(Form):
    """The colleague who gets a client."""

    successor = SelectField(
        _l("Who is the municipal coach from today?"),
        validators=[Required(_l("Choose a municipal coach."))],
    )

    def offer(self, colleagues: list[tuple[str, str]]) -> "ColleagueForm":
        """Let choose among these; returns itself."""
        choices = [SelectChoice(key, name) for key, name in colleagues]
        self.successor.choices = [SelectChoice("", _("Choose")), *choices]
        return self
