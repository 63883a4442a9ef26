"""Which groups stand where, and what a coach or a manager should see to, most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_

_SOON = timedelta(days=21)
_DUE = timedelta(days=14)
_LAST_WEEK = timedelta(days=7)


class GroupPhase(StrEnum):
    """Where a group is: filling, at work, or followed up."""

    RECRUITING = "recruiting"
    RUNNING = "running"
    FOLLOW_UP = "follow_up"


PHASE_NAMES: dict[GroupPhase, str] = {
    GroupPhase.RECRUITING: N_("Recruiting"),
    GroupPhase.RUNNING: N_("At work"),
    GroupPhase.FOLLOW_UP: N_("Follow-up"),
}


class Concern(StrEnum):
    """What an alert is about."""

    HOURS_MISSING = "hours_missing"
    ABSENCE_UNSETTLED = "absence_unsettled"
    UNREACHED = "unreached"
    PAY_TO_APPROVE = "pay_to_approve"
    HOURS_TO_APPROVE = "hours_to_approve"
    FOLLOW_UP_DUE = "follow_up_due"
    ANALYSES_UNWRITTEN = "analyses_unwritten"
    SEATS_FREE = "seats_free"
    CANDIDATES_WAIT = "candidates_wait"


URGENT = frozenset({Concern.HOURS_MISSING, Concern.ABSENCE_UNSETTLED, Concern.PAY_TO_APPROVE})
OF_OWN_WORK = frozenset({Concern.HOURS_TO_APPROVE, Concern.ANALYSES_UNWRITTEN})
"""What the reader herself has not finished yet: it stands with what is missing."""
ICONS: dict[Concern, str] = {
    Concern.HOURS_MISSING: "clock",
    Concern.ABSENCE_UNSETTLED: "clock",
    Concern.UNREACHED: "ban",
    Concern.PAY_TO_APPROVE: "wallet",
    Concern.HOURS_TO_APPROVE: "check",
    Concern.FOLLOW_UP_DUE: "phone",
    Concern.ANALYSES_UNWRITTEN: "file-text",
    Concern.SEATS_FREE: "user-plus",
    Concern.CANDIDATES_WAIT: "phone",
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to see to: about whom or which group, the fact, and what is needed for the link."""

    concern: Concern
    group: str = ""
    name: str = ""
    on: date | None = None
    count: int = 0
    minutes: int = 0
    key: str = ""
    day_id: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether it stands among the first ones, marked."""
        return self.concern in URGENT

    @property
    def icon(self) -> str:
        """The sign of its concern."""
        return ICONS[self.concern]


def in_order(alerts: Iterable[Alert]) -> list[Alert]:
    """The most urgent first: by concern, then the oldest, then by group and name."""
    order = {concern: place for place, concern in enumerate(Concern)}
    return sorted(alerts, key=lambda a: (order[a.concern], a.on or date.max, a.group, a.name))


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A group with the counts that its card and its alerts are made of."""

    id: str
    name: str
    programme_id: str
    coach: str | None
    first: date
    last: date
    seats: int
    follow_up_months: int
    people: int
    asked: int
    employed: int
    analyses: int
    unapproved: int
    interviews: int

    @property
    def follow_up_closes(self) -> date:
        """The last day on which the group is followed."""
        return add_months(self.last, self.follow_up_months)


def phase_of(group: GroupFigures, today: date) -> GroupPhase | None:
    """Where a group is today; None when its follow-up is over."""
    if today < group.first:
        return GroupPhase.RECRUITING
    if today <= group.last:
        return GroupPhase.RUNNING
    return GroupPhase.FOLLOW_UP if today <= group.follow_up_closes else None


def alerts_of_group(group: GroupFigures, today: date) -> list[Alert]:
    """What should be seen to in a group as a whole."""
    found = []
    phase = phase_of(group, today)
    free = group.seats - group.people
    if phase is GroupPhase.RECRUITING and group.first - today <= _SOON and free > 0:
        found.append(_about(group, Concern.SEATS_FREE, group.first, free))
    unwritten = group.people - group.analyses
    if phase is GroupPhase.RUNNING and group.last - today <= _LAST_WEEK and unwritten > 0:
        found.append(_about(group, Concern.ANALYSES_UNWRITTEN, group.last, unwritten))
    unasked = group.people - group.asked
    closes = group.follow_up_closes
    if phase is GroupPhase.FOLLOW_UP and closes - today <= _DUE and unasked > 0:
        found.append(_about(group, Concern.FOLLOW_UP_DUE, closes, unasked))
    if group.unapproved:
        found.append(_about(group, Concern.HOURS_TO_APPROVE, None, group.unapproved))
    return found


def _about(group: GroupFigures, concern: Concern, on: date | None, count: int) -> Alert:
    key = group.programme_id if concern is Concern.FOLLOW_UP_DUE else group.id
    return Alert(concern, group=group.name, on=on, count=count, key=key)
