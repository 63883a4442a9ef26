"""The form that asks for the days of results; a GET, so that the page has a link."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from jobsearch.web.fields import DateField
from jobsearch.web.forms import AddressForm


class PeriodForm(AddressForm):
    """From which day to which."""

    first = DateField(_l("First day"))
    last = DateField(_l("Last day"))

    def validate_last(self, field: Any) -> None:
        """Raises ValidationError for a time that ends before it begins."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_("The last day is before the first one."))

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The days asked; a mistake asks for all of them."""
        if self.errors:
            return None, None
        first: Any = self.first.data
        last: Any = self.last.data
        return first, last

    def kept(self) -> dict[str, str]:
        """The days asked as the links of the page carry them."""
        names = ("first", "last")
        days = zip(names, self.days, strict=True)
        return {name: day.isoformat() for name, day in days if day is not None}
