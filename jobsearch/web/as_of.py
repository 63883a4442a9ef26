"""The form that asks for the day of the figures on a page; a GET, so that the page has a link."""

from datetime import date

from flask_babel import lazy_gettext as _l

from jobsearch.web.fields import DateField
from jobsearch.web.forms import AddressForm


class AsOfForm(AddressForm):
    """The day on which figures are taken; pages add what else they narrow by."""

    as_of = DateField(_l("Figures on this day"))

    @property
    def day(self) -> date | None:
        """The day asked, None when none was or it could not be read."""
        return self.as_of.day

    def show(self, day: date) -> None:
        """Write the day that the figures are of into the field, unless it holds a mistake."""
        if not self.as_of.errors:
            self.process(data={**self.data, "as_of": day})
            self.as_of.raw_data = None  # the day as pages write it, however the address did
