"""Forms of the ledger."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from jobsearch.costs.rules import NewLine
from jobsearch.costs.wording import KIND_NAMES
from jobsearch.programmes.costs.rules import CostKind
from jobsearch.web.fields import DateField, MoneyField, Required
from jobsearch.web.forms import Form


class CostForm(Form):
    """One line of the bookkeeping."""

    label = StringField(
        _l("Line"),
        description=_l("As it is in the books: for example “Rent of the room”."),
        validators=[Required(_l("Say what was paid for.")), Length(max=120)],
    )
    kind = SelectField(_l("Kind"))
    cohort_id = SelectField(_l("Group"))
    amount = MoneyField(
        _l("Sum, €"),
        description=_l("A sum below zero takes back an earlier one."),
        validators=[Required(_l("Enter the sum."))],
    )
    booked_on = DateField(_l("Booked on"), validators=[Required(_l("Enter the day."))])
    basis = StringField(
        _l("Basis"),
        description=_l("How the sum comes about; no names of people."),
        validators=[Length(max=300)],
    )

    def offer(self, cohorts: list[tuple[str, str]]) -> "CostForm":
        """The kinds and groups to choose from."""
        self.kind.choices = [SelectChoice(kind.value, _(name)) for kind, name in KIND_NAMES.items()]
        whole = SelectChoice("", _("The whole programme"))
        self.cohort_id.choices = [whole, *(SelectChoice(key, name) for key, name in cohorts)]
        return self

    def line(self) -> NewLine:
        """The line as it is written; for a form that has been validated."""
        amount: Any = self.amount.data
        booked_on: Any = self.booked_on.data
        return NewLine(
            self.label.data or "",
            CostKind(self.kind.data),
            amount,
            booked_on,
            self.cohort_id.data or None,
            self.basis.data or "",
        )


class SeenForm(Form):
    """A deed on a row by somebody who has seen this version of it."""

    version = HiddenField()

    def seen(self) -> int:
        """The version that the person saw; 0 for what is no number."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
