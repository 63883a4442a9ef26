"""Which days of payment are worth comparing for wages that are earned by a last day; pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import (
    ONE_DAY,
    Span,
    is_banking_day,
    month_of,
    next_banking_day,
    previous_banking_day,
)
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.rules import FROZEN, RunState


class Why(StrEnum):
    """Why a day is proposed."""

    CHOSEN = "chosen"
    AT_ONCE = "at_once"
    END_OF_MONTH = "end_of_month"
    LATEST = "latest"
    NEXT_MONTH = "next_month"


WHY_NAMES: Mapping[Why, str] = {
    Why.CHOSEN: N_("The day of the pay run now"),
    Why.AT_ONCE: N_("At once after the last day of work"),
    Why.END_OF_MONTH: N_("Last banking day of the month in which work ends"),
    Why.LATEST: N_("The latest day that the contracts allow"),
    Why.NEXT_MONTH: N_("First banking day of the next month"),
}


@dataclass(frozen=True, slots=True)
class ProposedDay:
    """A day on which banks are open; `is_late` when it is after the day that contracts promise."""

    on: date
    why: Why
    is_late: bool = False


def propose_days(
    last_day: date, pay_days: int | None, holidays: Collection[date], chosen: date | None = None
) -> list[ProposedDay]:
    """Days of payment to compare, in order; `pay_days` is the employer's rule, None without one.

    Wages are due when the employment ends, unless agreed otherwise (`finland/law.md` section 7).
    """
    following = (month_of(last_day).last or last_day) + ONE_DAY
    latest = None if pay_days is None else last_day + timedelta(days=pay_days)
    found = [
        *([(chosen, Why.CHOSEN)] if chosen else []),
        (next_banking_day(last_day + ONE_DAY, holidays), Why.AT_ONCE),
        (previous_banking_day(following - ONE_DAY, holidays), Why.END_OF_MONTH),
        *([(previous_banking_day(latest, holidays), Why.LATEST)] if latest else []),
        (next_banking_day(following, holidays), Why.NEXT_MONTH),
    ]
    first: dict[date, Why] = {}
    for day, why in found:
        if day >= last_day and is_banking_day(day, holidays):
            first.setdefault(day, why)
    return [
        ProposedDay(day, why, latest is not None and day > latest)
        for day, why in sorted(first.items())
    ]


def month_parts(period: Span) -> list[Span]:
    """The period cut at the ends of months."""
    last = period.last or period.first
    return [
        Span(max(month.first, period.first), min(month.last or last, last))
        for month in period.months()
    ]


def check_changeable(state: RunState) -> None:
    """The day of payment changes until the run is approved."""
    if state in FROZEN:
        raise RuleBroken(N_("The pay run is approved: its day of payment stays."), field="pays_on")


def check_after_work_began(period: Span, pays_on: date) -> None:
    """Nobody is paid for a period before it begins."""
    if pays_on < period.first:
        raise RuleBroken(N_("The day of payment is before the period begins."), field="pays_on")
