"""The form that asks for the day of the figures on a page; a GET, so that the page has a link."""

from datetime import date
from typing import Any, Self

from flask_babel import lazy_gettext as _l

from jobsearch.web.fields import DateField
from jobsearch.web.forms import Form


class AsOfForm(Form):
    """The day on which figures are taken; pages add what else they narrow by."""

    as_of = DateField(_l("Figures on this day"))

    class Meta(Form.Meta):
        """A GET changes nothing, so nothing needs a token."""

        csrf = False

    @classmethod
    def read(cls, given: Any) -> Self:
        """The form with what the address asks for."""
        form = cls(formdata=given)
        form.validate()
        return form

    @property
    def day(self) -> date | None:
        """The day asked, None when none was or it could not be read."""
        day: Any = self.as_of.data
        return day if isinstance(day, date) and not self.as_of.errors else None

    def show(self, day: date) -> None:
        """Write the day that the figures are of into the field, unless it holds a mistake."""
        if not self.as_of.errors:
            self.process(data={**self.data, "as_of": day})
