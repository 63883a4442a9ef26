"""What a group may be: its state, its seats, and when its days may move."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

MOST_SEATS = 6
"""A group has at most six people (mission, section 3)."""
LAST_START = date(2030, 12, 31)
"""Further on the calendar of holidays is not certain."""


class CohortState(StrEnum):
    """Where a cohort is; `cancelled` never ran."""

    OPEN = "open"
    CANCELLED = "cancelled"


class EnrolmentState(StrEnum):
    """Where a person is in a cohort."""

    PLACED = "placed"
    STARTED = "started"
    WITHDREW = "withdrew"


class Stage(StrEnum):
    """Where a group is in time."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


STAGE_NAMES: dict[Stage, str] = {
    Stage.COMING: N_("Coming"),
    Stage.RUNNING: N_("Running"),
    Stage.OVER: N_("Over"),
}


def stage_of(first: date, last: date, today: date) -> Stage:
    """Where a group with these days is today."""
    if today < first:
        return Stage.COMING
    return Stage.OVER if today > last else Stage.RUNNING


ENROLMENT_NAMES: dict[EnrolmentState, str] = {
    EnrolmentState.PLACED: N_("Has a seat"),
    EnrolmentState.STARTED: N_("Started"),
    EnrolmentState.WITHDREW: N_("Withdrew"),
}
NEXT: dict[EnrolmentState, frozenset[EnrolmentState]] = {
    EnrolmentState.PLACED: frozenset({EnrolmentState.STARTED, EnrolmentState.WITHDREW}),
    EnrolmentState.STARTED: frozenset(),
    EnrolmentState.WITHDREW: frozenset({EnrolmentState.PLACED}),
}
"""Who has started stays in the denominators of results; she leaves by a date, not by a state."""


def check_step(state: EnrolmentState, to: EnrolmentState) -> None:
    """Raises RuleBroken when an enrolment cannot go from one state to the other."""
    if to not in NEXT[state]:
        raise RuleBroken(N_("This is not possible any more: look at the group again."))


def check_seats(seats: int) -> None:
    """A group has 1-6 seats. Raises RuleBroken."""
    if not 1 <= seats <= MOST_SEATS:
        raise RuleBroken(
            N_("A group has from 1 to %(most)d seats."), field="seats", most=MOST_SEATS
        )


def check_room(taken: int, seats: int) -> None:
    """A person takes a seat only while one is free. Raises RuleBroken."""
    if taken >= seats:
        raise RuleBroken(
            N_("The group is full: all %(seats)d seats are taken."), field="person_id", seats=seats
        )


def check_start(starts_on: date, today: date) -> None:
    """A new group starts from today on, and while holidays are known. Raises RuleBroken."""
    if starts_on < today:
        raise RuleBroken(N_("The start is in the past."), field="starts_on")
    if starts_on > LAST_START:
        raise RuleBroken(
            N_("Groups can be planned until the end of %(year)d."),
            field="starts_on",
            year=LAST_START.year,
        )


@dataclass(frozen=True, slots=True)
class DayNow:
    """A day of a group as a change of it finds it; `has_begun` when its hours are running."""

    on: date
    is_cancelled: bool
    has_begun: bool


def check_change(day: DayNow) -> None:
    """A day moves or is cancelled before it begins, and once. Raises RuleBroken."""
    if day.is_cancelled:
        raise RuleBroken(N_("This day is cancelled already."))
    if day.has_begun:
        raise RuleBroken(N_("This day has begun: it can be neither moved nor cancelled."))


def check_move(
    day: DayNow, to: date, today: date, others: Collection[date], holiday: str | None
) -> None:
    """A day moves to a weekday that is open, on which the group has no other day.

    The paid hours go along, so the total stays. Raises RuleBroken.
    """
    check_change(day)
    if to == day.on:
        raise RuleBroken(N_("The day is there already."), field="to")
    if to < today:
        raise RuleBroken(N_("The new day is in the past."), field="to")
    if to.isoweekday() > 5:
        raise RuleBroken(N_("The new day is a Saturday or a Sunday."), field="to")
    if holiday is not None:
        raise RuleBroken(N_("Nobody works on the new day: %(name)s."), field="to", name=holiday)
    if to in others:
        raise RuleBroken(N_("The group has another day then."), field="to")
