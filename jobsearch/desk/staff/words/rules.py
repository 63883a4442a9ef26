"""Who needs a word, and why: rules that anyone can read, no score, no order of people; pure.

Each rule names its source. None asks why somebody was away, or anything of her health.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from jobsearch.attendance.rules import Mark
from jobsearch.coaching.sparring.rules import is_short
from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.core.periods import ONE_DAY, week_of
from jobsearch.core.text import mark as N_
from jobsearch.desk.staff.rules import SILENT_DAYS

SLOW_DAYS = 2
"""So many days of work on each of which less than half of the goals was done."""
HALF = 2
"""What was done is less than the goals when it is multiplied by this."""
AWAY_DAYS = 2
"""So many days away in a row."""


class Reason(StrEnum):
    """Why somebody needs a word, in the order in which her sentences stand."""

    UNSIGNED = "unsigned"
    AWAY_UNTOLD = "away_untold"
    AWAY_IN_A_ROW = "away_in_a_row"
    SILENT = "silent"
    BELOW_HALF = "below_half"
    FEW_TALKS = "few_talks"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the page says it, and where it comes from."""

    words: str
    source: str


RULES: dict[Reason, Rule] = {
    Reason.UNSIGNED: Rule(
        N_(
            "The first day has been, is today or is the next working day, and both have not signed"
            " the contract."
        ),
        N_("House rule: nobody begins before both have signed, see the checklist."),
    ),
    Reason.AWAY_UNTOLD: Rule(
        N_("Marked away today without having told in advance, and the absence is not settled."),
        N_("House rule. Nothing is asked or kept of the reason."),
    ),
    Reason.AWAY_IN_A_ROW: Rule(
        N_("Marked away on the two latest days of the group."),
        N_("House rule: others in the field watch days in a row too. Any kind of absence counts."),
    ),
    Reason.SILENT: Rule(
        N_("No action logged since the last two days at work. Days away do not count."),
        N_("House rule: of twelve days, two without an action are the time to ask."),
    ),
    Reason.BELOW_HALF: Rule(
        N_("Less than half of the goals done on each of the last two days at work."),
        N_(
            "Goals are among what helps most in a job search (Liu, Huang and Wang 2014);"
            " one half is a house rule."
        ),
    ),
    Reason.FEW_TALKS: Rule(
        N_("Half of the week has gone, fewer than two talks are held, and none is booked."),
        N_(
            "Frequent talks one to one help people into work (Maibom and others 2017);"
            " two a week is the rule of the programme."
        ),
    ),
}


class Deed(StrEnum):
    """The one thing that helps next."""

    CHECKLIST = "checklist"
    WRITE = "write"
    OFFER = "offer"
    TALKS = "talks"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class DayOf:
    """One of a person's days up to today: what is marked, and what was meant and done on it."""

    id: str
    on: date
    minutes: int
    mark: Mark | None
    has_told: bool = False
    goal: int = 0
    done: int = 0

    @property
    def is_away(self) -> bool:
        """Marked away. Not marked is not away."""
        return self.mark is not None and self.mark is not Mark.PRESENT


@dataclass(frozen=True, slots=True)
class LooseDay:
    """A day behind that nobody has marked, or an absence of which nobody has said what it is."""

    enrolment_id: str
    cohort_id: str
    group: str
    name: str
    day: DayOf


@dataclass(frozen=True, slots=True)
class Talked:
    """A person's talks with her coach: held this week, the latest one and the next.

    `days_gone` of the week's `days` are today or behind.
    """

    held: int
    latest: datetime | None
    next: datetime | None
    days_gone: int
    days: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person. `talks` only her own coach knows; `days` come newest first."""

    enrolment_id: str
    person_id: str
    cohort_id: str
    group: str
    given_name: str
    family_name: str
    first: date
    last_logged: date | None
    is_signed: bool
    talks: Talked | None
    days: Sequence[DayOf] = ()
    waiting_from: date | None = None

    @property
    def since(self) -> date:
        """From when on her days count: when both had signed, else the first that is marked; never
        before her group's first.
        """
        marked = (day.on for day in self.days if day.mark is not None)
        return max(self.first, self.waiting_from or min(marked, default=self.first))

    @property
    def name(self) -> str:
        """Her whole name."""
        return f"{self.given_name} {self.family_name}".strip()

    def day(self, on: date) -> DayOf | None:
        """Her day of this date, if it is one of those known."""
        return next((day for day in self.days if day.on == on), None)

    def worked(self, today: date) -> list[DayOf]:
        """Her days at work before today, newest first; what is not marked may have been one."""
        return [day for day in self.days if day.on < today and not day.is_away]


@dataclass(frozen=True, slots=True)
class Why:
    """One reason with what its sentence says: days, and so many of so many."""

    reason: Reason
    on: date | None = None
    until: date | None = None
    count: int = 0
    of: int = 0

    @property
    def rule(self) -> Rule:
        """The rule behind it."""
        return RULES[self.reason]


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody who needs a word, every reason for it, and the deed that helps."""

    who: Known
    whys: Sequence[Why]
    deed: Deed

    @property
    def tells_talks(self) -> bool:
        """Whether the latest or the next talk is worth a sentence of its own."""
        told, talks = {why.reason for why in self.whys}, self.who.talks
        if talks is None or Reason.UNSIGNED in told:
            return False
        return talks.latest is not None or Reason.FEW_TALKS not in told


def next_working_day(today: date) -> date:
    """The first day after this one on which people work: no weekend, no holiday."""
    return free_weekday_from(today + ONE_DAY)


def who_needs_a_word(people: Iterable[Known], today: date) -> list[Word]:
    """Those for whom a rule holds, in the order given: nobody is put before another."""
    found = [(one, whys_of(one, today)) for one in people]
    return [Word(one, whys, deed_of(one, whys)) for one, whys in found if whys]


def whys_of(one: Known, today: date) -> list[Why]:
    """Every reason that holds for a person; before both have signed only the contract is asked,
    and of a seat in a group at work only the days since she joined.
    """
    if not one.is_signed:
        is_near = one.first <= next_working_day(today)
        return [Why(Reason.UNSIGNED, on=one.first)] if is_near else []
    since = one.since
    if today < since:
        return []
    own = replace(one, days=[day for day in one.days if day.on >= since])
    found = [
        _away_untold(own, today),
        _away_in_a_row(own, today),
        # who has logged nothing has not done half either: that is said once
        _silent(own, today) or _below_half(own, today),
        _few_talks(own, today),
    ]
    return [why for why in found if why is not None]


def count_silent(people: Iterable[Known], today: date) -> int:
    """How many are named for having logged nothing."""
    found = (why.reason for one in people for why in whys_of(one, today))
    return sum(reason is Reason.SILENT for reason in found)


def deed_of(one: Known, whys: Sequence[Why]) -> Deed:
    """The deed of the first reason; talks and messages are her own coach's."""
    first = whys[0].reason
    if first is Reason.UNSIGNED:
        return Deed.CHECKLIST
    if one.talks is None:
        return Deed.PERSON
    if first in {Reason.AWAY_UNTOLD, Reason.AWAY_IN_A_ROW}:
        return Deed.WRITE
    return Deed.OFFER if one.talks.next is None else Deed.TALKS


def _away_untold(one: Known, today: date) -> Why | None:
    day = one.day(today)
    # who settled it has had the word already
    if day is None or day.mark is not Mark.UNSETTLED_ABSENCE or day.has_told:
        return None
    return Why(Reason.AWAY_UNTOLD, on=today)


def _away_in_a_row(one: Known, today: date) -> Why | None:
    # today counts once it is marked
    days = [day for day in one.days if day.on < today or day.mark is not None][:AWAY_DAYS]
    if len(days) < AWAY_DAYS or not all(day.is_away for day in days):
        return None
    return Why(Reason.AWAY_IN_A_ROW, on=days[-1].on, until=days[0].on)


def _silent(one: Known, today: date) -> Why | None:
    days = one.worked(today)[:SILENT_DAYS]
    if len(days) < SILENT_DAYS:
        return None
    if one.last_logged is not None and one.last_logged >= days[-1].on:
        return None
    return Why(Reason.SILENT, on=one.last_logged)


def _below_half(one: Known, today: date) -> Why | None:
    days = one.worked(today)[:SLOW_DAYS]
    if len(days) < SLOW_DAYS or not all(day.done * HALF < day.goal for day in days):
        return None
    done, goal = sum(day.done for day in days), sum(day.goal for day in days)
    return Why(Reason.BELOW_HALF, days[-1].on, days[0].on, done, goal)


def _few_talks(one: Known, today: date) -> Why | None:
    talks = one.talks
    if talks is None or talks.next is not None or not talks.days:
        return None
    monday = week_of(today).first
    hers = sum(day.on >= monday for day in one.days)  # fewer where she joined within the week
    if not is_short(talks.held, min(talks.days_gone, hers), talks.days):
        return None
    return Why(Reason.FEW_TALKS, count=talks.held)
