"""The form that asks for the days of results; a GET, so that the page has a link."""

from datetime import date
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from jobsearch.web.fields import DateField
from jobsearch.web.forms import Form


class PeriodForm(Form):
    """From which day to which."""

    class Meta(Form.Meta):
        """A GET changes nothing and carries no token."""

        csrf = False

    first = DateField(_l("First day"))
    last = DateField(_l("Last day"))

    def validate_last(self, field: Any) -> None:
        """Raises ValidationError for a time that ends before it begins."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_("The last day is before the first one."))

    @classmethod
    def read(cls, given: Any) -> Self:
        """The form with what the address asks for."""
        form = cls(formdata=given)
        form.validate()
        return form

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
