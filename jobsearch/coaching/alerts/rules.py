"""The rules of who is stuck, in words that anyone can read: no score, no order of people; pure.

Each rule names its source. None asks why somebody was away, or anything of her health.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jobsearch.attendance.rules import Mark
from jobsearch.core.text import mark as N_

SILENT_DAYS = 2
"""So many days at work without an action, and somebody should have a word."""
SLOW_DAYS = 2
"""So many days at work on each of which less than half of the goals was done."""
HALF = 2
"""What was done is less than half of the goals when it is less than they are, times this."""
UNANSWERED = 10
"""So many actions without any reply: one in sixteen led to an interview in the pilot (20 of 312),
so that ten without even an answer are worth a look at how they are made."""
TIME_TO_ANSWER = timedelta(days=3)
"""An employer has so long to answer before an action counts as one without a reply."""


class AlertRule(StrEnum):
    """Why a coach is told of somebody."""

    ASKED_FOR_HELP = "asked_for_help"
    NO_ACTION = "no_action"
    UNDER_GOAL = "under_goal"
    NO_REPLY = "no_reply"
    CONFIDENCE_DOWN = "confidence_down"


class Verdict(StrEnum):
    """What the coach says of an alert when she has had the word."""

    HELPFUL = "helpful"
    NEEDLESS = "needless"


VERDICT_NAMES: dict[Verdict, str] = {
    Verdict.HELPFUL: N_("It was good to ask"),
    Verdict.NEEDLESS: N_("There was no need"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the pages say it, and where it comes from; `name` stands where there is little
    room.
    """

    words: str
    source: str
    name: str = ""


ALERT_RULES: dict[AlertRule, Rule] = {
    AlertRule.ASKED_FOR_HELP: Rule(
        N_("Has asked for help, and the call is open."),
        N_("The person's own word. It ends when the person ends the call."),
        N_("Asked for help"),
    ),
    AlertRule.NO_ACTION: Rule(
        N_("No action logged since the last two days at work. Days away do not count."),
        N_("House rule: of twelve days, two without an action are the time to ask."),
        N_("No action for two days at work"),
    ),
    AlertRule.UNDER_GOAL: Rule(
        N_("Less than half of the goals done on each of the last two days at work."),
        N_(
            "Goals are among what helps most in a job search (Liu, Huang and Wang 2014);"
            " one half is a house rule."
        ),
        N_("Far under the goals"),
    ),
    AlertRule.NO_REPLY: Rule(
        N_(
            "Ten applications and contacts that are older than three days, and neither a reply"
            " nor an interview. Figures from a file do not count: they say nothing of replies."
        ),
        N_(
            "How a search is done counts beside how much (van Hooft and others 2021);"
            " in the pilot one action in sixteen led to an interview. Ten and three are house"
            " rules."
        ),
        N_("Many actions and no reply"),
    ),
    AlertRule.CONFIDENCE_DOWN: Rule(
        N_(
            "The person's later answers about confidence are lower than the earlier ones, at least"
            " two points in all over the same questions, and the person has chosen to let the"
            " coach know. The answers themselves are shown to nobody."
        ),
        N_(
            "Early help does most for those who believe least in finding work (JOBS II, Vinokur"
            " and others 2000). Answers belong to whoever gave them, so that nothing is raised"
            " without their own act."
        ),
        N_("Confidence has gone down"),
    ),
}


class Deed(StrEnum):
    """What could be done about an alert, as a link."""

    WRITE = "write"
    OFFER = "offer"
    RESULTS = "results"
    GOALS = "goals"
    DOCUMENTS = "documents"


DEEDS: dict[AlertRule, tuple[Deed, Deed]] = {
    AlertRule.ASKED_FOR_HELP: (Deed.WRITE, Deed.OFFER),
    AlertRule.NO_ACTION: (Deed.WRITE, Deed.RESULTS),
    AlertRule.UNDER_GOAL: (Deed.OFFER, Deed.GOALS),
    AlertRule.NO_REPLY: (Deed.OFFER, Deed.DOCUMENTS),
    AlertRule.CONFIDENCE_DOWN: (Deed.WRITE, Deed.OFFER),
}
"""The deeds that help with each rule: the first one is the one to begin with."""


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
class Fact:
    """A rule that holds, with what its sentence says: days, and so many of so many."""

    rule: AlertRule
    on: date | None = None
    until: date | None = None
    count: int = 0
    out_of: int = 0


def days_since(
    days: Sequence[DayOf], first: date, waiting_from: date | None
) -> tuple[date, list[DayOf]]:
    """From when on a person's days count, and those days: from when both had signed, else from the
    first that is marked; never before her group's first.
    """
    marked = (day.on for day in days if day.mark is not None)
    since = max(first, waiting_from or min(marked, default=first))
    return since, [day for day in days if day.on >= since]


def worked(days: Iterable[DayOf], today: date) -> list[DayOf]:
    """The days at work before today, as ordered; what is not marked may have been one."""
    return [day for day in days if day.on < today and not day.is_away]


def no_action(days: Sequence[DayOf], last_logged: date | None, today: date) -> Fact | None:
    """Nothing logged since the last two days at work. Days come newest first."""
    latest = worked(days, today)[:SILENT_DAYS]
    if len(latest) < SILENT_DAYS:
        return None
    if last_logged is not None and last_logged >= latest[-1].on:
        return None
    return Fact(AlertRule.NO_ACTION, on=last_logged)


def under_goal(days: Sequence[DayOf], today: date) -> Fact | None:
    """Less than half on each of the last two days at work. Days come newest first."""
    latest = worked(days, today)[:SLOW_DAYS]
    if len(latest) < SLOW_DAYS or not all(day.done * HALF < day.goal for day in latest):
        return None
    done, goal = sum(day.done for day in latest), sum(day.goal for day in latest)
    return Fact(AlertRule.UNDER_GOAL, latest[-1].on, latest[0].on, done, goal)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person sent that had time to be answered: how many, from when, and whether there is
    any answer or interview to anything.
    """

    count: int = 0
    first: date | None = None
    is_answered: bool = False


def no_reply(sent: Sent) -> Fact | None:
    """Many actions and no reply."""
    if sent.is_answered or sent.count < UNANSWERED:
        return None
    return Fact(AlertRule.NO_REPLY, on=sent.first, count=sent.count)


def asked_for_help(asked_on: date | None) -> Fact | None:
    """An open call for help, since the day on which it was made."""
    return None if asked_on is None else Fact(AlertRule.ASKED_FOR_HELP, on=asked_on)


@dataclass(frozen=True, slots=True)
class Searcher:
    """What the rules need to know of one person at work; `days` come newest first."""

    enrolment_id: str
    person_id: str
    cohort_id: str
    first: date
    waiting_from: date | None
    last_logged: date | None
    sent: Sent = Sent()
    asked_at: datetime | None = None
    asked_on: date | None = None
    days: Sequence[DayOf] = ()


def all_facts(one: Searcher, today: date) -> list[Fact]:
    """Every rule that holds for a person today.

    What she lets her coach know of her confidence is hers to raise and is not looked for here.
    """
    since, days = days_since(one.days, one.first, one.waiting_from)
    found = [asked_for_help(one.asked_on)]
    has_begun = one.waiting_from is not None or any(day.mark is not None for day in one.days)
    if has_begun and today >= since:
        found += [no_action(days, one.last_logged, today), under_goal(days, today)]
        found.append(no_reply(one.sent))
    return [fact for fact in found if fact is not None]


def facts_of(one: Searcher, today: date) -> list[Fact]:
    """What is told of a person today: of who has done nothing the goals are not told too."""
    found = all_facts(one, today)
    if any(fact.rule is AlertRule.NO_ACTION for fact in found):
        return [fact for fact in found if fact.rule is not AlertRule.UNDER_GOAL]
    return found
