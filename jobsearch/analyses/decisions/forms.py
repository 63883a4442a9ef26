"""Forms of the decision: until when, and the yes to the paper that lay before her."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from jobsearch.core.errors import RuleBroken
from jobsearch.web.fields import DateField
from jobsearch.web.forms import AddressForm, Form


class UntilForm(AddressForm):
    """Until when the permission would hold; a GET, so that the paper has a link."""

    until = DateField(_l("Another last day"), description=_l("For example 24.11.2026."))

    @property
    def day(self) -> date | None:
        """The day asked, None when none was or it could not be read."""
        return self.until.day

    def refuse(self, broken: RuleBroken) -> None:
        """Rules speak of months; this page has them as a day."""
        field = "until" if broken.field == "months" else broken.field
        super().refuse(RuleBroken(broken.message, field, **broken.gaps))


class ConsentForm(Form):
    """Her consent: until when, and the digest of the paper that lay before her."""

    until = DateField(widget=HiddenInput())
    seen = HiddenField(validators=[Length(max=64)])
