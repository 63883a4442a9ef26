"""A spreadsheet of costs, a row per line of the bookkeeping, into plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jobsearch.core.money import Money
from jobsearch.core.refusals import Refusals, is_total, same
from jobsearch.core.sheets import Sheet
from jobsearch.core.tables import Record, read_table
from jobsearch.core.text import mark as N_
from jobsearch.programmes.costs.rules import CostKind, kind_of

REQUIRED: Mapping[str, Sequence[str]] = {
    "label": ("Kustannuslaji", "Kostnadsslag", "Cost"),
    "amount": ("Euroa yhteensä", "Euroa", "Euro totalt", "Euros"),
}
OPTIONAL: Mapping[str, Sequence[str]] = {"basis": ("Peruste", "Grund", "Basis")}


@dataclass(frozen=True, slots=True)
class SheetCost:
    """One line of the bookkeeping, in euros, with the basis it gives in words."""

    row: int
    label: str
    kind: CostKind
    amount: Money
    basis: str


def parse_costs(sheets: Sequence[Sheet]) -> list[SheetCost]:
    """The cost lines of a file; a row of sums is checked and left out.

    Raises FileRefused with everything that is wrong, each with row and column.
    """
    refusals = Refusals()
    table = read_table(sheets[0], REQUIRED, OPTIONAL)
    costs: list[SheetCost] = []
    for record in table.records():
        if is_total(record):
            if not refusals.found:  # else lines are missing from the sum
                total = Money.total(cost.amount for cost in costs)
                refusals.check_total(record, {"amount": Decimal(total.cents) / 100})
        elif (cost := _cost(record, refusals)) is not None:
            costs.append(cost)
    if not costs:
        refusals.add(N_("%(sheet)s: there is no row under the headings."), sheet=sheets[0].name)
    refusals.stop_if_any()
    return costs


def _cost(record: Record, refusals: Refusals) -> SheetCost | None:
    label = refusals.read(record.needed, "label")
    if label is not None:
        refusals.once(same(label), record, "label")
    amount = refusals.need(record.money, record, "amount")
    if label is None or amount is None:
        return None
    return SheetCost(record.number, label, kind_of(label), amount, record.text("basis"))
