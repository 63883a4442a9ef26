"""What is remembered of a company, when it is shown, and for how long a group leaves it alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import month_of
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import CHANNEL_NAMES, Activity, Channel, company_key

SHOWN_FROM = 2
"""A company is shown from so many contacts on, or when a coach has said how it takes calls."""
MOST_NAME = 120


class TakesCalls(StrEnum):
    """Whether a company likes to be called, as a coach has learned it."""

    YES = "yes"
    NO = "no"


TAKES_CALLS: dict[TakesCalls, str] = {
    TakesCalls.YES: N_("Takes calls"),
    TakesCalls.NO: N_("Does not like to be called"),
}


WAYS: dict[Channel, str] = {**CHANNEL_NAMES, Channel.OTHER: N_("In another way, or not told")}
"""How a company was turned to; of an application that is seldom told."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done at a company, without who did it: what the nightly count sees of an action."""

    name: str
    name_key: str
    channel: Channel | None
    activity: Activity
    has_reply: bool
    on: date


@dataclass(slots=True)
class Tally:
    """How often a company was turned to in one way; the month is its first day."""

    contacts: int = 0
    replies: int = 0
    interviews: int = 0
    last_month: date = date.min


def tally(deeds: Iterable[Deed], *, replies_only: bool = False) -> dict[tuple[str, Channel], Tally]:
    """The deeds as counts, by company and channel; one whose way was not told is another way.

    An interview is no contact. `replies_only` counts what came of deeds that were counted before.
    """
    found: dict[tuple[str, Channel], Tally] = {}
    for deed in deeds:
        key = (deed.name_key, deed.channel or Channel.OTHER)
        one = found.setdefault(key, Tally())
        one.replies += deed.has_reply
        one.last_month = max(one.last_month, month_of(deed.on).first)
        if not replies_only:
            one.contacts += deed.activity is not Activity.INTERVIEW
            one.interviews += deed.activity is Activity.INTERVIEW
    return found


def check_company(name: str) -> str:
    """The key of a company's name, 120 characters at most. Raises RuleBroken."""
    if not name:
        raise RuleBroken(N_("Say which company it is."), field="name")
    if len(name) > MOST_NAME:
        raise RuleBroken(N_("At most %(most)d characters fit here."), field="name", most=MOST_NAME)
    return company_key(name)


def cools_from(today: date, days: int) -> date:
    """The first day on which turning to a company keeps the others of the group from it today."""
    return today - timedelta(days=days - 1)


def free_on(on: date, days: int) -> date:
    """The day from which a company is free again that somebody turned to on a day."""
    return on + timedelta(days=days)
