"""How corrections are shown: before, now and the difference, on pages and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.money import Money
from jobsearch.payroll.pay.corrections.models import PayCorrection
from jobsearch.payroll.pay.corrections.queries import (
    Corrected,
    find_correction,
    list_corrections_of,
)
from jobsearch.payroll.pay.lines import ITEMS, TAKEN, Item, LineKind
from jobsearch.payroll.pay.models import PayLineRow, Payslip
from jobsearch.payroll.pay.rules import FROZEN, PaidBy

_NOT_SHOWN = frozenset({LineKind.EMPLOYER, LineKind.AFTER_NET})


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """One item of a correction as people read it: what is taken off has a minus."""

    label: str
    before: Money
    now: Money

    @property
    def difference(self) -> Money:
        """How much more it is now."""
        return self.now - self.before


def corrected_rows(lines: Sequence[PayLineRow]) -> list[CorrectedRow]:
    """What a correction changes, by item; tax and contributions of a payment of its own are no
    part of it: nothing was there before."""
    says_anew = any(line.reverses_id for line in lines if line.kind is LineKind.DEDUCTION)
    found: dict[Item, tuple[Money, Money]] = {}
    for line in lines:
        if line.kind in _NOT_SHOWN or (line.kind is LineKind.DEDUCTION and not says_anew):
            continue
        before, now = found.get(line.item, (Money.zero(), Money.zero()))
        signed = -line.amount if line.kind in TAKEN else line.amount
        if line.reverses_id:
            before -= signed
        else:
            now += signed
        found[line.item] = before, now
    return [CorrectedRow(ITEMS[item].label, *sums) for item, sums in found.items()]


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a payslip's page says of corrections: the one that it is, and those that it has."""

    own: PayCorrection | None
    rows: Sequence[CorrectedRow]
    others: Sequence[Corrected]
    can_correct: bool


def show_corrections(slip: Payslip) -> Corrections:
    """The corrections around a payslip; at most two statements."""
    root_id = slip.corrects_id or slip.id
    all_ = list_corrections_of(root_id)
    own = find_correction(root_id, slip.correction_no) if slip.correction_no else None
    # one correction is on its way at a time
    is_free = all(one.is_frozen for one in all_)
    return Corrections(
        own=own,
        rows=corrected_rows(slip.lines) if own else (),
        others=[one for one in all_ if one.number != slip.correction_no],
        can_correct=slip.run.state in FROZEN and slip.run.paid_by is PaidBy.HERE and is_free,
    )
