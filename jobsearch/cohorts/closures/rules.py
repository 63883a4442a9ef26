"""What a closure may be."""

from collections.abc import Collection
from datetime import date

from jobsearch.cohorts.rules import LAST_START
from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_

LONGEST = 60
"""Days of one closure; a longer one is surely a slip of the pen."""


def days_of(first: date, last: date | None, today: date) -> Span:
    """The days of a closure, from today on at the earliest. Raises RuleBroken."""
    if first < today:
        raise RuleBroken(N_("The first day is in the past."), field="first")
    if last is not None and last < first:
        raise RuleBroken(N_("The last day is before the first."), field="last")
    span = Span(first, last or first)
    if span.length() > LONGEST:
        raise RuleBroken(N_("A closure lasts at most %(days)d days."), field="last", days=LONGEST)
    if (span.last or first) > LAST_START:
        raise RuleBroken(
            N_("Closures can be entered until the end of %(year)d."),
            field="last",
            year=LAST_START.year,
        )
    return span


def new_days(span: Span, known: Collection[date]) -> list[date]:
    """The weekdays of a closure that are not closed yet; weekends are free anyway.

    Raises RuleBroken when nothing is left.
    """
    days = [day for day in span.days() if day.weekday() < 5 and day not in known]
    if not days:
        raise RuleBroken(N_("There is nothing to close: these days are free already."), "first")
    return days
