"""The form of a trial: which message, in which language, and the two wordings."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.notices.rules import SMS_LENGTH
from jobsearch.recruitment.sessions.forms import LANGUAGE_CHOICES
from jobsearch.recruitment.sessions.trials.rules import Tried
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form

TRIED = [
    SelectChoice(Tried.INVITATION, _l("Invitation")),
    SelectChoice(Tried.TWO_DAYS, _l("Reminder two days before")),
    SelectChoice(Tried.MORNING, _l("Reminder on the morning")),
]


class TrialForm(Form):
    """Two wordings that are tried against each other."""

    programme_id = SelectField(_l("Programme"))
    tried = SelectField(_l("Message"), choices=TRIED, default=Tried.TWO_DAYS)
    language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES, default="fi")
    first = TextAreaField(
        _l("Wording 1"),
        validators=[Required(_l("Write the first wording.")), Length(max=SMS_LENGTH)],
    )
    second = TextAreaField(
        _l("Wording 2"),
        validators=[Required(_l("Write the second wording.")), Length(max=SMS_LENGTH)],
    )

    def offer(self, programmes: Iterable[tuple[str, str]]) -> None:
        """Offer the provider's programmes."""
        self.programme_id.choices = [SelectChoice(key, name) for key, name in programmes]
