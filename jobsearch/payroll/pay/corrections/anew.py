"""Says a payment anew, by the rules of the day on which it was paid; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.money import Money
from jobsearch.payroll.pay.calculation import PayFacts, pay_out
from jobsearch.payroll.pay.corrections.rules import (
    DUE,
    differences,
    sums,
    take_back,
    what_stays,
)
from jobsearch.payroll.pay.lines import Item, PayLine, PayslipFigures, add_up
from jobsearch.rates.employer import EmployerSettings
from jobsearch.rates.rules import RateTable


@dataclass(frozen=True, slots=True)
class SaidAnew:
    """The differences to a payment as it stood; `rest` was paid too much by other payments."""

    figures: PayslipFigures
    rest: Money


def say_anew(
    *,
    payment: Sequence[PayLine],
    due: Sequence[PayLine] | None,
    change: dict[Item, Money],
    facts: PayFacts,
    settings: EmployerSettings,
    table: RateTable,
    keeps_tax: bool,
    insured: Money,
    payslip_id: str,
) -> SaidAnew | None:
    """Take the payment back and say it as it should have been; None where nothing changes.

    `due` is what should have been paid in all, or None where other payments paid a part: then this
    one falls by `change`, to nothing at most. `insured` is the pay that bore pension insurance.
    Tax of an earlier year stays as it was withheld (`keeps_tax`): the employer gives nothing of it
    back, the tax office does.
    """
    before = [line for line in payment if line.kind in DUE]
    kept = what_stays(before, change, facts.pays_on) if due is None else due
    right = pay_out(kept, facts, settings, table)
    lines = _with_old_tax(right.lines, payment) if keeps_tax else right.lines
    gone, come = _changes(payment, lines)
    if not gone and not come:
        return None
    back = take_back(gone, payslip_id, facts.pays_on)
    figures = add_up([*back, *come], right.pension_base - insured)
    left = differences(kept, before)
    rest = Money.total(
        min(amount - left.get(item, Money.zero()), Money.zero()) for item, amount in change.items()
    )
    return SaidAnew(figures, -rest)


def _with_old_tax(lines: Sequence[PayLine], payment: Sequence[PayLine]) -> list[PayLine]:
    old = [line for line in payment if line.item is Item.TAX]
    return [line for line in lines if line.item is not Item.TAX] + old


def _changes(
    before: Sequence[PayLine], after: Sequence[PayLine]
) -> tuple[list[PayLine], list[PayLine]]:
    """The lines of both whose items are not the same; an item that stays is not said again."""
    there, here = _shapes(before), _shapes(after)
    changed = {item for item in there.keys() | here.keys() if there.get(item) != here.get(item)}
    return (
        [line for line in before if line.item in changed],
        [line for line in after if line.item in changed],
    )


def _shapes(lines: Sequence[PayLine]) -> dict[Item, object]:
    found: dict[Item, list[tuple[int, int, int]]] = {}
    for line in lines:
        if not line.amount and not line.base:
            continue
        base = line.base.cents if line.base else 0
        rate = line.rate.basis_points if line.rate else 0
        found.setdefault(line.item, []).append((line.amount.cents, base, rate))
    total = sums(lines)
    return {item: (total[item].cents, sorted(shape)) for item, shape in found.items()}
