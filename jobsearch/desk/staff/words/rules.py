"""Who needs a word, and why: rules that anyone can read, no score, no order of people; pure.

Each rule names its source. None asks why somebody was away, or anything of her health.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from jobsearch.attendance.rules import Mark
from jobsearch.coaching.alerts.rules import (
    ALERT_RULES,
    AlertRule,
    DayOf,
    Fact,
    Rule,
    asked_for_help,
    days_since,
    no_action,
    under_goal,
    worked,
)
from jobsearch.coaching.sparring.rules import is_short
from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.core.periods import ONE_DAY, week_of
from jobsearch.core.text import mark as N_

AWAY_DAYS = 2
"""So many days away in a row."""


class Reason(StrEnum):
    """Why somebody needs a word, in the order in which her sentences stand."""

    UNSIGNED = "unsigned"
    ASKED_FOR_HELP = "asked_for_help"
    INTERVIEW = "interview"
    AWAY_UNTOLD = "away_untold"
    AWAY_IN_A_ROW = "away_in_a_row"
    SILENT = "silent"
    BELOW_HALF = "below_half"
    FEW_TALKS = "few_talks"


RULES: dict[Reason, Rule] = {
    Reason.UNSIGNED: Rule(
        N_(
            "The first day has been, is today or is the next working day, and both have not signed"
            " the contract."
        ),
        N_("House rule: nobody begins before both have signed, see the checklist."),
    ),
    Reason.ASKED_FOR_HELP: ALERT_RULES[AlertRule.ASKED_FOR_HELP],
    Reason.INTERVIEW: Rule(
        N_("An interview is agreed for today or for the time until the next working day."),
        N_(
            "Practice in presenting oneself is among what helps most (Liu, Huang and Wang 2014);"
            " a word on the day before it is a house rule."
        ),
    ),
    Reason.AWAY_UNTOLD: Rule(
        N_("Marked away today without having told in advance, and the absence is not settled."),
        N_("House rule. Nothing is asked or kept of the reason."),
    ),
    Reason.AWAY_IN_A_ROW: Rule(
        N_("Marked away on the two latest days of the group."),
        N_("House rule: others in the field watch days in a row too. Any kind of absence counts."),
    ),
    Reason.SILENT: ALERT_RULES[AlertRule.NO_ACTION],
    Reason.BELOW_HALF: ALERT_RULES[AlertRule.UNDER_GOAL],
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


_BY_MESSAGE = frozenset(
    {Reason.ASKED_FOR_HELP, Reason.INTERVIEW, Reason.AWAY_UNTOLD, Reason.AWAY_IN_A_ROW}
)
_OF_ALERTS: dict[AlertRule, Reason] = {
    AlertRule.ASKED_FOR_HELP: Reason.ASKED_FOR_HELP,
    AlertRule.NO_ACTION: Reason.SILENT,
    AlertRule.UNDER_GOAL: Reason.BELOW_HALF,
}


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
    """What is known of one person. `talks` only her own coach knows; `days` come newest first.

    Coaches know since when she asks for help, and her next interview as the clock on the wall
    shows it.
    """

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
    asked_on: date | None = None
    interview_at: datetime | None = None

    @property
    def since(self) -> date:
        """From when on her days count."""
        return days_since(self.days, self.first, self.waiting_from)[0]

    @property
    def name(self) -> str:
        """Her whole name."""
        return f"{self.given_name} {self.family_name}".strip()

    def day(self, on: date) -> DayOf | None:
        """Her day of this date, if it is one of those known."""
        return next((day for day in self.days if day.on == on), None)

    def worked(self, today: date) -> list[DayOf]:
        """Her days at work before today, newest first; what is not marked may have been one."""
        return worked(self.days, today)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason with what its sentence says: days, so many of so many, and an hour."""

    reason: Reason
    on: date | None = None
    until: date | None = None
    count: int = 0
    of: int = 0
    at: datetime | None = None

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
    since, days = days_since(one.days, one.first, one.waiting_from)
    found = [_why(asked_for_help(one.asked_on)), _interview(one, today)]
    if today >= since:
        own = replace(one, days=days)
        # who has logged nothing has not done half either: that is said once
        stuck = no_action(days, one.last_logged, today) or under_goal(days, today)
        found += [
            _away_untold(own, today),
            _away_in_a_row(own, today),
            _why(stuck),
            _few_talks(own, today),
        ]
    return [why for why in found if why is not None]


def _why(fact: Fact | None) -> Why | None:
    """A rule of alerts as a reason of the day page."""
    if fact is None:
        return None
    return Why(_OF_ALERTS[fact.rule], fact.on, fact.until, fact.count, fact.out_of)


def count_people(people: Iterable[Known], today: date) -> Counter[Reason]:
    """How many are named for each reason."""
    return Counter(why.reason for one in people for why in whys_of(one, today))


def deed_of(one: Known, whys: Sequence[Why]) -> Deed:
    """The deed of the first reason; talks and messages are her own coach's."""
    first = whys[0].reason
    if first is Reason.UNSIGNED:
        return Deed.CHECKLIST
    if one.talks is None:
        return Deed.PERSON
    if first in _BY_MESSAGE:
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


def _interview(one: Known, today: date) -> Why | None:
    at = one.interview_at
    if at is None or not today <= at.date() <= next_working_day(today):
        return None
    return Why(Reason.INTERVIEW, on=at.date(), at=at)


def _few_talks(one: Known, today: date) -> Why | None:
    talks = one.talks
    if talks is None or talks.next is not None or not talks.days:
        return None
    monday = week_of(today).first
    hers = sum(day.on >= monday for day in one.days)  # fewer where she joined within the week
    if not is_short(talks.held, min(talks.days_gone, hers), talks.days):
        return None
    return Why(Reason.FEW_TALKS, count=talks.held)
