"""Pay runs: their states, who may approve, on which day they pay, and what months count; pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span, is_banking_day, month_of, next_banking_day
from jobsearch.core.text import mark as N_
from jobsearch.rates.rules import RateKey, RateTable


class RunKind(StrEnum):
    """What a run pays; a person, period and kind is paid once, and then only corrected."""

    WAGES = "wages"
    BONUS = "bonus"
    CORRECTION = "correction"


class PaidBy(StrEnum):
    """Who pays what a run has computed: the provider from here, or another payroll system."""

    HERE = "here"
    ELSEWHERE = "elsewhere"


class RunState(StrEnum):
    """How far a run has come; one that is paid elsewhere ends when it is handed over."""

    DRAFT = "draft"
    COMPUTED = "computed"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    PAID = "paid"
    REPORTED = "reported"
    HANDED_OVER = "handed_over"


STATE_NAMES: Mapping[RunState, str] = {
    RunState.DRAFT: N_("Draft"),
    RunState.COMPUTED: N_("Computed"),
    RunState.REVIEWED: N_("Reviewed"),
    RunState.APPROVED: N_("Approved"),
    RunState.PAID: N_("Paid"),
    RunState.REPORTED: N_("Reported"),
    RunState.HANDED_OVER: N_("Handed over"),
}

# A run is computed again as often as needed until it is approved; from then on it is frozen.
NEXT: Mapping[RunState, frozenset[RunState]] = {
    RunState.DRAFT: frozenset({RunState.COMPUTED}),
    RunState.COMPUTED: frozenset({RunState.COMPUTED, RunState.REVIEWED}),
    RunState.REVIEWED: frozenset({RunState.COMPUTED, RunState.APPROVED}),
    RunState.APPROVED: frozenset({RunState.PAID, RunState.HANDED_OVER}),
    RunState.PAID: frozenset({RunState.REPORTED}),
    RunState.REPORTED: frozenset(),
    RunState.HANDED_OVER: frozenset(),
}

FROZEN = frozenset({RunState.APPROVED, RunState.PAID, RunState.REPORTED, RunState.HANDED_OVER})

_WHY_NOT: Mapping[RunState, str] = {
    RunState.DRAFT: N_("A pay run does not go back to a draft."),
    RunState.COMPUTED: N_("The pay run is approved and frozen; a correction goes into a new run."),
    RunState.REVIEWED: N_("Only a computed pay run can be marked as reviewed."),
    RunState.APPROVED: N_("Only a reviewed pay run can be approved."),
    RunState.PAID: N_("Only an approved pay run can be marked as paid."),
    RunState.REPORTED: N_("Only a paid run can be marked as reported."),
    RunState.HANDED_OVER: N_("Only an approved pay run can be handed over, and once."),
}


def can_go(now: RunState, then: RunState) -> bool:
    """Whether a run in one state may go to the other."""
    return then in NEXT[now]


def check_step(now: RunState, then: RunState) -> None:
    """Refuse a step that the table of states does not have."""
    if not can_go(now, then):
        raise RuleBroken(_WHY_NOT[then])


def check_paid_here(paid_by: PaidBy) -> None:
    """Refuse to pay or report from here what another payroll system pays and reports."""
    if paid_by is not PaidBy.HERE:
        raise RuleBroken(
            N_("Another payroll system pays and reports this pay run. Hand it over instead.")
        )


def check_paid_elsewhere(paid_by: PaidBy) -> None:
    """Refuse to hand over what is paid from here."""
    if paid_by is not PaidBy.ELSEWHERE:
        raise RuleBroken(N_("This pay run is paid from here, so it is not handed over."))


def check_approver(made_by_id: str, approver_id: str) -> None:
    """Refuse that one person makes and approves a run: pay needs four eyes."""
    if made_by_id == approver_id:
        raise RuleBroken(N_("Another person than the one who made the pay run approves it."))


def check_pay_date(pays_on: date, holidays: Collection[date]) -> None:
    """Refuse a date on which banks move no money; the message names the next one that does."""
    if not is_banking_day(pays_on, holidays):
        raise RuleBroken(
            N_("Banks are closed on %(day)s. The next banking day is %(next)s."),
            field="pays_on",
            day=pays_on,
            next=next_banking_day(pays_on, holidays),
        )


def run_period(first: date | None, last: date | None, whole: Span, pays_on: date) -> Span:
    """The days that a run pays: those asked for, else the whole term.

    RuleBroken when it ends before it begins, or begins after the day of payment.
    """
    first, last = first or whole.first, last or whole.last
    if last is not None and last < first:
        raise RuleBroken(N_("The period ends before it begins."), field="period_last")
    if first > pays_on:
        raise RuleBroken(N_("The day of payment is before the period begins."), field="pays_on")
    return Span(first, last)


class MonthCounts(StrEnum):
    """How a calendar month counts toward the employment condition of unemployment benefit."""

    FULL = "full"
    HALF = "half"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class MonthInformation:
    """What the pay of one calendar month means for the employment condition."""

    month: date
    paid: Money
    counts: MonthCounts
    half: Money
    full: Money


def months_count(
    payments: Iterable[tuple[date, Money]], table: RateTable
) -> list[MonthInformation]:
    """How each month of payment counts, in order; a month before the euro rule is left out.

    The payments are wages for work alone: holiday compensation and bonus do not count
    (`finland/law.md` section 8; in force since 2 September 2024).
    """
    sums: dict[date, Money] = {}
    for day, amount in payments:
        month = month_of(day).first
        sums[month] = sums.get(month, Money.zero()) + amount
    found = []
    for month, paid in sorted(sums.items()):
        last = month_of(month).last or month
        half = table.find(RateKey.TYOSSAOLOEHTO_HALF_MONTH, last)
        full = table.find(RateKey.TYOSSAOLOEHTO_FULL_MONTH, last)
        if half is not None and full is not None:
            limits = Money(half.value), Money(full.value)
            found.append(MonthInformation(month, paid, _counts(paid, *limits), *limits))
    return found


def _counts(paid: Money, half: Money, full: Money) -> MonthCounts:
    if paid >= full:
        return MonthCounts.FULL
    return MonthCounts.HALF if paid >= half else MonthCounts.NOT
