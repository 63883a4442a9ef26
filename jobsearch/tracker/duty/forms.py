"""The form of a number of the duty to search."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from jobsearch.core.periods import add_months
from jobsearch.tracker.duty.rules import PERIODS, month_from
from jobsearch.web.fields import IntegerField, Required
from jobsearch.web.filters import current_language, month_text
from jobsearch.web.forms import Form

_BACK, _AHEAD = 12, 3


class NumberForm(Form):
    """From which month on how many acts stand in the plan, and where that is written."""

    number = IntegerField(
        _l("How many acts"), validators=[Required(_l("Enter a number, for example 4."))]
    )
    months = RadioField(
        _l("In what time"),
        default="1",
        validate_choice=False,
    )
    from_month = SelectField(_l("From this month on"), validate_choice=False)
    source = StringField(
        _l("Where the number stands"),
        description=_l("For example: plan of 3.11.2026, employment services of Pori"),
        validators=[
            Required(_l("Say where the number stands, for example the plan and its day.")),
            Length(max=120, message=_l("At most 120 characters.")),
        ],
    )

    def offer(self, today: date) -> "NumberForm":
        """Put the months on the form, from a year back to a quarter ahead."""
        self.months.choices = [("1", _("In each month")), ("3", _("In three months together"))]
        this, language = today.replace(day=1), current_language()
        months = [add_months(this, ahead) for ahead in range(_AHEAD, -_BACK - 1, -1)]
        self.from_month.choices = [
            (f"{month:%Y-%m}", month_text(month, language).capitalize()) for month in months
        ]
        if not self.from_month.data:
            self.from_month.data = f"{this:%Y-%m}"
        return self

    def validate_months(self, field: RadioField) -> None:
        """Raises ValidationError for what is none of the two."""
        if field.data not in {str(period) for period in PERIODS}:
            raise ValidationError(_("Choose each month or three months."))

    def validate_from_month(self, field: SelectField) -> None:
        """Raises ValidationError for a month that is not offered."""
        if field.data not in {choice[0] for choice in field.iter_choices()}:
            raise ValidationError(_("Choose a month."))

    def wanted(self) -> tuple[Any, ...]:
        """Month, number, months and source, as the use case takes them."""
        months = int(self.months.data or 0)
        return month_from(self.from_month.data or ""), self.number.data, months, self.source.data
