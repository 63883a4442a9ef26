"""The four activities of search work and what may be logged."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypedDict

from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import same
from jobsearch.core.text import mark as N_

MOST_A_DAY = 50
TWIN_DAYS = 30
"""The same employer and the same job within so many days: perhaps one thing, logged twice."""
COOLING_DAYS = 1
"""A group turns to one company once a day unless the provider says otherwise."""
QUIET_DAYS = 7
"""After so many days without a move a lead is asked about unless the provider says otherwise."""


class Activity(StrEnum):
    """The four activities that the programme counts (mission, section 5)."""

    ADVERTISED_APPLICATION = "advertised_application"
    EMPLOYER_CONTACT = "employer_contact"
    AGENCY_APPLICATION = "agency_application"
    INTERVIEW = "interview"


_FORMS = frozenset({"oy", "oyj", "ab", "abp", "ky", "kb", "ay", "tmi", "ry", "rf", "osk", "ltd"})


def company_key(name: str) -> str:
    """A company's name as names are compared: "Rannikon Leipomo Oy" is "rannikon leipomo".

    A name of nothing else than a legal form stays as it is.
    """
    words = re.sub(r"[^\w&+]+", " ", same(name).replace("osakeyhtiö", "oy")).split()
    return " ".join(word for word in words if word not in _FORMS) or same(name)


ACTIVITIES = tuple(Activity)
SEARCH_ACTIVITIES = (
    Activity.ADVERTISED_APPLICATION,
    Activity.EMPLOYER_CONTACT,
    Activity.AGENCY_APPLICATION,
)
"""Goals are set for these; interviews are counted and are the fruit of them."""


class ActionSource(StrEnum):
    """Who says that it happened."""

    OWN = "own"
    PROXY = "proxy"
    IMPORTED = "imported"


class Channel(StrEnum):
    """How an employer was reached."""

    PHONE = "phone"
    VISIT = "visit"
    EMAIL = "email"
    WEB = "web"
    ACQUAINTANCE = "acquaintance"
    OTHER = "other"


CHANNEL_NAMES: dict[Channel, str] = {
    Channel.PHONE: N_("By phone"),
    Channel.VISIT: N_("On the spot"),
    Channel.EMAIL: N_("By e-mail"),
    Channel.WEB: N_("By a form on the web"),
    Channel.ACQUAINTANCE: N_("Through somebody I know"),
    Channel.OTHER: N_("In another way"),
}


class Reached(StrEnum):
    """Whether the one who decides about hiring was reached."""

    YES = "yes"
    NO = "no"


REACHED_NAMES: dict[Reached, str] = {Reached.YES: N_("Yes"), Reached.NO: N_("No")}


class Reply(StrEnum):
    """What the employer answered; no answer yet is none of these."""

    INTERESTED = "interested"
    LATER = "later"
    NO = "no"


REPLY_NAMES: dict[Reply, str] = {
    Reply.INTERESTED: N_("They are interested"),
    Reply.LATER: N_("They asked to come back later"),
    Reply.NO: N_("They said no"),
}


class Details(TypedDict, total=False):
    """What may be said of an action beside its kind and day; what is left out is not known.

    `again`: False asks before the same thing is logged twice, True says that it is no mistake.
    """

    employer_id: str | None
    employer_name: str | None
    role_title: str | None
    note: str | None
    channel: Channel | None
    reached: Reached | None
    reply: Reply | None
    replied_on: date | None
    private: bool
    lead_id: str | None
    again: bool


class LoggedBefore(RuleBroken):
    """The same employer and the same job stand in the list already: asked about, not refused."""

    def __init__(self, employer: str, role: str, on: date) -> None:
        super().__init__(
            N_("You logged this before: %(employer)s, %(role)s, on %(day)s."),
            employer=employer,
            role=role,
            day=on,
        )


class GoalOrigin(StrEnum):
    """From what a goal came: from the ramp of the programme, from somebody's hand, from a file."""

    RAMP = "ramp"
    SET = "set"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Look:
    """How an activity is called and drawn: words, icon, and the class of its colour.

    `deed` is what the person says, `logged` what she is told when it is saved.
    """

    name: str
    plural: str
    deed: str
    logged: str
    icon: str
    cls: str


LOOKS: dict[Activity, Look] = {
    Activity.ADVERTISED_APPLICATION: Look(
        N_("Advertised job"),
        N_("Advertised jobs"),
        N_("I applied for an advertised job"),
        N_("Logged: you applied for an advertised job."),
        "send",
        "k1",
    ),
    Activity.EMPLOYER_CONTACT: Look(
        N_("Employer contact"),
        N_("Employer contacts"),
        N_("I contacted an employer"),
        N_("Logged: you contacted an employer."),
        "phone",
        "k2",
    ),
    Activity.AGENCY_APPLICATION: Look(
        N_("Open application"),
        N_("Open applications"),
        N_("I sent an open application"),
        N_("Logged: you sent an open application."),
        "building-2",
        "k3",
    ),
    Activity.INTERVIEW: Look(
        N_("Interview"),
        N_("Interviews"),
        N_("I got an interview"),
        N_("Well done! Logged: you got an interview."),
        "messages-square",
        "k4",
    ),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one person did and meant to do on one day; an activity that is missing is 0."""

    done: dict[Activity, int] = field(default_factory=dict)
    goals: dict[Activity, int] = field(default_factory=dict)

    @property
    def done_in_all(self) -> int:
        """Actions of every kind."""
        return sum(self.done.values())

    @property
    def goal_in_all(self) -> int:
        """Goals of every kind."""
        return sum(self.goals.values())


NO_FIGURES = Figures()


def check_log_day(on: date, first: date, today: date) -> None:
    """An action is logged for a day from the cohort's first to today. Raises RuleBroken."""
    if on > today:
        raise RuleBroken(N_("This day has not come yet."), field="on")
    if on < first:
        raise RuleBroken(N_("This day is before the first day of your group."), field="on")


def tapped_on(at: datetime, waited_seconds: int) -> date:
    """The day of a tap that waited for the network for so long; `at` is now, on the wall."""
    return (at - timedelta(seconds=waited_seconds)).date()


def check_reply(reply: Reply | None, replied_on: date | None, on: date, today: date) -> date | None:
    """The day of a reply: between the action and today; no day means today.

    Raises RuleBroken on the field that is wrong.
    """
    if reply is None:
        if replied_on is not None:
            raise RuleBroken(N_("Choose what they answered."), field="reply")
        return None
    if replied_on is not None and replied_on > today:
        raise RuleBroken(N_("This day has not come yet."), field="replied_on")
    if replied_on is not None and replied_on < on:
        raise RuleBroken(N_("An answer cannot be older than what you did."), field="replied_on")
    return replied_on or today


def is_twin(activity: Activity, role: str, other: Activity, other_role: str | None) -> bool:
    """Whether two actions at one employer may be the same thing, logged twice.

    An interview follows an application to the same job, so it is compared with interviews alone.
    """
    interviews = (activity is Activity.INTERVIEW) == (other is Activity.INTERVIEW)
    return interviews and same(role) == same(other_role or "")


def check_goal(activity: Activity, target: int) -> None:
    """A day's goal is between 0 and 50 actions; interviews have none. Raises RuleBroken."""
    if activity not in SEARCH_ACTIVITIES:
        raise RuleBroken(N_("Interviews are counted; no goal is set for them."), field="activity")
    if not 0 <= target <= MOST_A_DAY:
        raise RuleBroken(
            N_("A goal is a number from 0 to %(most)d."), field="target", most=MOST_A_DAY
        )


def check_goal_day(on: date, first: date, last: date) -> None:
    """A goal is set for a day between the cohort's first and last. Raises RuleBroken."""
    if not first <= on <= last:
        raise RuleBroken(N_("This day is outside the days of the group."), field="on")


def check_change(source: ActionSource) -> None:
    """What a person logged can be changed, a figure of a file cannot. Raises RuleBroken."""
    if source is ActionSource.IMPORTED:
        raise RuleBroken(N_("This figure came from a file. Correct it in the file."))
