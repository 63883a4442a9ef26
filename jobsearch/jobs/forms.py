"""What the pages of jobs ask."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from jobsearch.web.forms import AddressForm


class LedgerForm(AddressForm):
    """Narrows the ledger: one job, or only what failed."""

    job = SelectField(_l("Job"), validate_choice=False)
    state = SelectField(_l("Outcome"), validate_choice=False)

    def offer(self, jobs: Sequence[tuple[str, str]]) -> None:
        """Put the jobs (name, title) on the form; what is not among the choices is no filter."""
        self.job.choices = [
            SelectChoice("", _("All jobs")),
            *(SelectChoice(name, _(title)) for name, title in jobs),
        ]
        self.state.choices = [SelectChoice("", _("All")), SelectChoice("failed", _("Failed"))]
        for field in (self.job, self.state):
            if field.data not in [choice[0] for choice in field.iter_choices()]:
                field.data = ""

    def kept(self) -> dict[str, str]:
        """What is chosen, for the links to other pages."""
        return {name: field.data for name, field in self._fields.items() if field.data}
