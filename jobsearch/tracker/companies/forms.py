"""Forms of the memory of companies."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from jobsearch.tracker.companies.rules import TAKES_CALLS, TakesCalls
from jobsearch.web.forms import AddressForm, Form


class SearchForm(AddressForm):
    """What narrows the list; a GET form, so that a view has a link."""

    q = StringField(_l("Company"), validators=[Length(max=80)])

    def kept(self) -> dict[str, str]:
        """What is chosen, by name: it stays in the links to the pages."""
        return {"q": self.q.data} if self.q.data else {}


class CompanyForm(Form):
    """How a company takes calls, as a coach has learned it."""

    name = StringField(_l("Company"), description=_l("For example Rannikon Leipomo."))
    takes_calls = RadioField(
        _l("When somebody calls"),
        choices=[SelectChoice(value.value, _l(name)) for value, name in TAKES_CALLS.items()],
        validators=[InputRequired(_l("Choose one of the two."))],
    )

    def wanted(self) -> tuple[str, TakesCalls]:
        """The name, and how it takes calls."""
        return self.name.data or "", TakesCalls(self.takes_calls.data)
