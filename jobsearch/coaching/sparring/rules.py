"""When times can be offered, booked and cancelled, and whether everyone gets her share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

LEAST_A_WEEK = 2
"""Talks that everyone should have in a week of the programme (mission, section 3; issue 5.7)."""
SHORTEST, LONGEST = 10, 120
MOST_AT_ONCE = 24
_HORIZON = timedelta(days=60)


class Reader(StrEnum):
    """Who reads a note: the provider's coaches alone, or also the participant."""

    STAFF = "staff"
    SHARED = "shared"


READER_NAMES: dict[Reader, str] = {
    Reader.STAFF: N_("Only coaches see this"),
    Reader.SHARED: N_("The participant sees this"),
}


def times_of(first: datetime, last: datetime, minutes: int, now: datetime) -> list[datetime]:
    """The beginnings of talks of so many minutes that fit between two instants, end to end.

    Raises RuleBroken for talks that are too short or long, for the past, the far future, or
    nothing that fits.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise RuleBroken(
            N_("A talk takes from %(least)d to %(most)d minutes."),
            field="minutes",
            least=SHORTEST,
            most=LONGEST,
        )
    if first < now:
        raise RuleBroken(N_("This time is in the past."), field="on")
    if first > now + _HORIZON:
        raise RuleBroken(N_("Offer times at most two months ahead."), field="on")
    length = timedelta(minutes=minutes)
    times: list[datetime] = []
    while first + length <= last and len(times) < MOST_AT_ONCE:
        times.append(first)
        first += length
    if not times:
        raise RuleBroken(N_("No talk fits between these times."), field="until")
    return times


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch of time that a coach has given already."""

    starts_at: datetime
    minutes: int


def free_times(times: Iterable[datetime], minutes: int, taken: Collection[Taken]) -> list[datetime]:
    """The times that meet nothing that is offered already. Raises RuleBroken when none is left."""
    length = timedelta(minutes=minutes)
    free = [
        start
        for start in times
        if not any(
            one.starts_at < start + length
            and start < one.starts_at + timedelta(minutes=one.minutes)
            for one in taken
        )
    ]
    if not free:
        raise RuleBroken(N_("You have offered these times already."), field="on")
    return free


@dataclass(frozen=True, slots=True)
class SlotNow:
    """A time as a booking finds it; `mine` is whether the asker has it."""

    starts_at: datetime
    is_withdrawn: bool
    is_taken: bool
    mine: bool


def check_booking(slot: SlotNow, now: datetime) -> None:
    """A time is booked while it is free and to come. Raises RuleBroken."""
    if slot.is_withdrawn:
        raise RuleBroken(N_("Your coach has taken this time back. Choose another."))
    if slot.starts_at <= now:
        raise RuleBroken(N_("This time has passed. Choose another."))
    if slot.is_taken and not slot.mine:
        raise RuleBroken(N_("Somebody else has just booked this time. Choose another."))


@dataclass(frozen=True, slots=True)
class WeekOfTalks:
    """One week of a coach: her talks, what the others of her groups lack, and what stays free."""

    mine: int
    lacking: int
    free: int


def check_share(week: WeekOfTalks) -> None:
    """Who has had her share leaves the times that others still need. Raises RuleBroken.

    Protected minutes: at least two talks a week for each (issue 5, point 7).
    """
    if week.mine >= LEAST_A_WEEK and week.free < week.lacking:
        raise RuleBroken(
            N_(
                "The times that are left this week are kept for those of your group who have had "
                "fewer talks. Ask your coach if you need one more."
            )
        )


def check_cancelling(slot: SlotNow, now: datetime) -> None:
    """A booking is cancelled by whoever has it, before it begins. Raises RuleBroken."""
    if not slot.mine:
        raise RuleBroken(N_("This time is not booked for you."))
    if slot.starts_at <= now:
        raise RuleBroken(N_("This talk has begun already."))


def is_short(talks: int, days_gone: int, days: int) -> bool:
    """Whether somebody has had less than her share: counted once half of the week has gone."""
    return talks < LEAST_A_WEEK and days_gone * 2 >= days
