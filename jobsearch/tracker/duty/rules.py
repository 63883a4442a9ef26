"""The duty to search: what counts, against which number, in which months; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import Span, add_months, month_of
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import SEARCH_ACTIVITIES

COUNTED = SEARCH_ACTIVITIES
"""Applications to advertised jobs, contacts to employers and open applications count. Interviews
are what comes of them; whether an authority takes one as a comparable act is the authority's."""
MOST_MONTHS = 24
MOST_NUMBER = 20
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
PERIODS = (1, 3)
"""A number is of each month or of three months together."""


@dataclass(frozen=True, slots=True)
class ShippedRule:
    """What the law said as a rule, for how long, where that is written and how sure it is.

    `for_whom` is empty for the rule that holds of whoever has no other.
    """

    number: int
    months: int
    valid: Span
    source: str
    sureness: str
    for_whom: str = ""


_SINCE_2022 = Span(date(2022, 5, 2), date(2025, 12, 31))
_SURE = N_("Several sources say so.")
SHIPPED: tuple[ShippedRule, ...] = (
    ShippedRule(4, 1, _SINCE_2022, "tyj.fi; hanko.fi", _SURE),
    ShippedRule(1, 3, _SINCE_2022, "tyj.fi", _SURE, N_("Who works part-time")),
)
"""No row holds from 1.1.2026 on: HE 108/2025 changed the act, and neither the number nor whether
part-timers have one of their own could be confirmed. So nothing is said of those months."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """What stands in one person's plan from a month on, and where it is written."""

    from_month: date
    number: int
    months: int
    source: str


@dataclass(frozen=True, slots=True)
class Expected:
    """How many acts are asked for in a span of whole months, and where that is written."""

    number: int
    span: Span
    source: str
    is_own: bool


def expected_of(month: date, own: Sequence[OwnNumber]) -> Expected | None:
    """The number that holds for a month (its first day): the person's own, else the shipped rule;
    None where neither is known. Of own ones the latest wins that has begun; `own` come by the
    month from which they hold, and by when they were set.
    """
    begun = [one for one in own if one.from_month <= month]
    if begun:
        latest = begun[-1]
        return Expected(latest.number, _window(month, latest), latest.source, is_own=True)
    last_day = month_of(month).last
    for rule in SHIPPED:
        if not rule.for_whom and last_day is not None and rule.valid.contains(last_day):
            return Expected(rule.number, month_of(month), rule.source, is_own=False)
    return None


def _window(month: date, one: OwnNumber) -> Span:
    """The months that are counted together with this one, from the month of the number on."""
    gone = (month.year - one.from_month.year) * 12 + month.month - one.from_month.month
    first = add_months(one.from_month, gone // one.months * one.months)
    return Span(first, month_of(add_months(first, one.months - 1)).last)


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month of one person: what counts of it, and what is expected of its span."""

    first: date
    done: int
    imported: int
    expected: Expected | None
    done_in_span: int

    @property
    def is_enough(self) -> bool | None:
        """Whether the number is reached; None where no number is known."""
        return None if self.expected is None else self.done_in_span >= self.expected.number

    @property
    def missing(self) -> int:
        """How many more are asked for."""
        return max(0, self.expected.number - self.done_in_span) if self.expected else 0

    @property
    def is_of_several(self) -> bool:
        """Whether its number is of more months than this one."""
        return self.expected is not None and self.expected.span != month_of(self.first)


def months_of(
    done: Mapping[date, tuple[int, int]], own: Sequence[OwnNumber], today: date
) -> list[Month]:
    """This month, those with an act, and those of an own number, the newest first.

    `done` holds, by a month's first day, how many acts count and how many of them are imported.
    """
    this = today.replace(day=1)
    asked_from = min((one.from_month for one in own), default=this)
    latest = [add_months(this, -ago) for ago in range(MOST_MONTHS)]
    found = {this, *(month for month in done if month <= this)}
    found.update(month for month in latest if month >= asked_from)
    return [_month(month, done, own) for month in sorted(found, reverse=True)[:MOST_MONTHS]]


def _month(month: date, done: Mapping[date, tuple[int, int]], own: Sequence[OwnNumber]) -> Month:
    count, imported = done.get(month, (0, 0))
    expected = expected_of(month, own)
    together = count
    if expected is not None:
        together = sum(
            acts for first, (acts, _files) in done.items() if expected.span.contains(first)
        )
    return Month(month, count, imported, expected, together)


def check_number(number: int, months: int, source: str) -> None:
    """A number of a plan is between 0 and 20, of one month or three, with its source. Raises
    RuleBroken.
    """
    if not 0 <= number <= MOST_NUMBER:
        raise RuleBroken(N_("The number is from 0 to %(most)d."), field="number", most=MOST_NUMBER)
    if months not in PERIODS:
        raise RuleBroken(N_("Choose each month or three months."), field="months")
    if not source:
        raise RuleBroken(
            N_("Say where the number stands, for example the plan and its day."), field="source"
        )


def month_from(text: str) -> date | None:
    """The first day of a month written as 2026-11; None for anything else."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month if _FIRST_YEAR <= month.year <= _LAST_YEAR else None
