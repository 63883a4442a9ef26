"""What moving or cancelling a day means for hours, pay and the months that count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.money import Money, wage
from jobsearch.core.text import mark as N_


class MonthWorth(StrEnum):
    """What the pay of a calendar month counts for in the employment condition."""

    NOTHING = "nothing"
    HALF = "half"
    FULL = "full"


WORTH_NAMES: dict[MonthWorth, str] = {
    MonthWorth.NOTHING: N_("does not count as a month of employment"),
    MonthWorth.HALF: N_("counts as half a month of employment"),
    MonthWorth.FULL: N_("counts as a month of employment"),
}


@dataclass(frozen=True, slots=True)
class PaidDay:
    """A day of work with its paid minutes; a cancelled one has none."""

    on: date
    paid_minutes: int


@dataclass(frozen=True, slots=True)
class MonthChange:
    """The wages of the days of one calendar month, before and after."""

    month: date
    before: Money
    after: Money
    worth_before: MonthWorth | None
    worth_after: MonthWorth | None

    @property
    def is_worth_another(self) -> bool:
        """Whether the month counts for something else afterwards."""
        return self.worth_before is not self.worth_after


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a change does: paid minutes and wage of one person, and the months it touches."""

    minutes_before: int
    minutes_after: int
    wage_before: Money | None
    wage_after: Money | None
    months: tuple[MonthChange, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Pay of a calendar month that counts as half a month and as a whole one (HE 73/2023)."""

    half: Money
    full: Money


def worth(amount: Money, limits: Limits | None) -> MonthWorth | None:
    """What the pay of a month counts for; None where no limits are known for its day."""
    if limits is None:
        return None
    if amount >= limits.full:
        return MonthWorth.FULL
    return MonthWorth.HALF if amount >= limits.half else MonthWorth.NOTHING


def consequence(
    before: Iterable[PaidDay],
    after: Iterable[PaidDay],
    hourly: Money | None,
    limits: dict[date, Limits | None],
) -> Consequence:
    """What a change of days does to one person who does every hour.

    Wages are without holiday compensation, by the month in which the work is done; `limits` are
    those of each month's first day.
    """
    old, new = list(before), list(after)
    was, is_now = (sum(day.paid_minutes for day in days) for days in (old, new))
    if hourly is None:
        return Consequence(was, is_now, None, None, ())
    months = sorted({day.on.replace(day=1) for day in (*old, *new)})
    changes = []
    for month in months:
        earned, earns = (_wage_of(days, month, hourly) for days in (old, new))
        if earned != earns:
            limit = limits.get(month)
            worths = worth(earned, limit), worth(earns, limit)
            changes.append(MonthChange(month, earned, earns, *worths))
    return Consequence(was, is_now, wage(was, hourly), wage(is_now, hourly), tuple(changes))


def _wage_of(days: Iterable[PaidDay], month: date, hourly: Money) -> Money:
    of_month = (day for day in days if day.on.replace(day=1) == month)
    return wage(sum(day.paid_minutes for day in of_month), hourly)
