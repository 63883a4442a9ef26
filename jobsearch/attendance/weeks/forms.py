"""Forms of weeks: a word in advance, and the reason for opening a locked week."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.attendance.weeks.rules import LATE_CHOICES
from jobsearch.web.fields import Required
from jobsearch.web.forms import Form

AWAY = "away"


class NoticeForm(Form):
    """On which day a participant is away or comes late. There is no room for a reason."""

    day = SelectField(_l("Which day"), choices=[], validators=[Required(_l("Choose the day."))])
    what = SelectField(
        _l("What do you want to tell?"),
        choices=[],
        validators=[Required(_l("Choose what you want to tell."))],
    )

    def offer(self, days: Iterable[tuple[str, str]]) -> None:
        """Offer the days to come."""
        self.day.choices = [SelectChoice(key, name) for key, name in days]
        late = [
            SelectChoice(str(minutes), _("I come about %(minutes)d min late", minutes=minutes))
            for minutes in LATE_CHOICES
        ]
        self.what.choices = [SelectChoice(AWAY, _("I cannot come")), *late]

    def told(self) -> tuple[str, int | None]:
        """The day, and how many minutes late; None for away."""
        late = None if self.what.data == AWAY else int(self.what.data)
        return self.day.data, late


class UnlockForm(Form):
    """Why an approved week is opened again."""

    reason = StringField(
        _l("Why is it opened again?"),
        description=_l("For example: a day was marked wrong. Never the reason of an absence."),
        validators=[Required(_l("Say why the week is opened again.")), Length(max=300)],
    )
