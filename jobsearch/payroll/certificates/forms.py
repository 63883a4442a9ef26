"""Forms of certificates."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from jobsearch.payroll.certificates.rules import (
    ENDING_NAMES,
    EXTENT_NAMES,
    Answer,
    Ending,
    Extent,
)
from jobsearch.web.fields import DateField
from jobsearch.web.forms import Form

_LANGUAGES = {"fi": "suomi", "sv": "svenska", "en": "English"}
_SHORT = Length(max=1500, message=_l("At most 1500 characters."))


def _language() -> SelectField:
    choices = [SelectChoice("", _l("The person’s own language"))]
    choices += [SelectChoice(code, name) for code, name in _LANGUAGES.items()]
    return SelectField(_l("Language"), choices=choices, default="")


class IssueForm(Form):
    """In which language, and for a list of days, which of them."""

    language = _language()
    first = DateField(_l("First day"), description=_l("Left empty: the whole employment."))
    last = DateField(_l("Last day"))


class AskForm(Form):
    """What the person asks for beside duration and tasks, and when that was."""

    extent = RadioField(
        _l("What is asked for"),
        choices=[SelectChoice(one.value, _l(name)) for one, name in EXTENT_NAMES.items()],
        validators=[InputRequired(_l("Choose what is asked for."))],
    )
    asked_on = DateField(
        _l("Day of the request"), description=_l("When the person asked. Left empty: today.")
    )

    def wanted(self) -> Extent:
        """What was chosen."""
        return Extent(self.extent.data)


class AnswerForm(Form):
    """What a manager writes where it was asked for."""

    ending = RadioField(
        _l("Why the employment ended"),
        choices=[SelectChoice(one.value, _l(name)) for one, name in ENDING_NAMES.items()],
        validators=[Optional()],
        validate_choice=False,
    )
    skill = TextAreaField(_l("Working skill"), validators=[_SHORT])
    conduct = TextAreaField(_l("Conduct"), validators=[_SHORT])
    language = _language()

    def wanted(self) -> Answer:
        """What was written."""
        ending = Ending(self.ending.data) if self.ending.data in set(Ending) else None
        return Answer(ending, self.skill.data or "", self.conduct.data or "")
