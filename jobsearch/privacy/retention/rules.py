"""What a term is, and on which days the ends of one person's data come."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.periods import add_months


class Stage(StrEnum):
    """The ends through which what there is about a participant goes, one after another."""

    SEARCH = "search"
    WORK = "work"
    VOUCHERS = "vouchers"
    PAPERS = "papers"


class Deed(StrEnum):
    """What happens when a term is over."""

    ERASED = "erased"
    BLANKED = "blanked"
    SEALED = "sealed"
    BY_JOB = "by_job"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: of what, from which event, how long, what happens, on which source, by whom.

    `kind` is what receipts are written under: a stage, a term of `jobs.BY_DAY`, or the name of the
    job in the scheduler that did it already.
    """

    what: str
    event: str
    length: str
    deed: Deed
    source: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ends:
    """The days from which a participant's terms are counted; None where there was no such thing.

    `follow_up` is the last day of follow-up of her last group, `work` the last day of her last
    employment, `pay` the day of her last pay.
    """

    follow_up: date
    work: date | None = None
    pay: date | None = None

    def goes_on(self, stage: Stage) -> date:
        """The first day on which a stage is over (law.md, section 10).

        Whoever was never employed has no records of pay: hers go with the search.
        """
        over = self.follow_up + timedelta(days=1)
        if self.work is None or stage is Stage.SEARCH:
            return over
        last = max(self.work, self.pay or self.work)
        return max(over, date(last.year + YEARS[stage] + 1, 1, 1))

    def next_after(self, day: date) -> date | None:
        """The next day after this one on which something goes; None when nothing is left."""
        return min((on for on in map(self.goes_on, Stage) if on > day), default=None)


YEARS = {Stage.WORK: 2, Stage.VOUCHERS: 6, Stage.PAPERS: 10}
"""Whole years after the year of the last pay or working day: claims, vouchers, ledger."""


def follow_up_ends_on(group_ends_on: date, months: int) -> date:
    """The last day of a group's follow-up."""
    return add_months(group_ends_on, months)
