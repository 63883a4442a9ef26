"""Info sessions and places in them: states, dates of a series, what may be booked and marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.rules import ExitReason, SessionForm, Stage

MOST_PLACES = 60
SHORTEST, LONGEST = 15, 240
MOST_IN_SERIES = 12
FARTHEST = timedelta(days=365)
BEFORE_START = timedelta(minutes=15)
"""From then on people arrive, so that attendance can be marked."""


class Mode(StrEnum):
    """Where an info session is held."""

    ON_SITE = "on_site"
    ONLINE = "online"


class SessionState(StrEnum):
    """Whether places can be booked; a cancelled session stays cancelled."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    """Where a candidate's place is: held, given up, taken away, or over with a mark."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"
    CAME = "came"
    DID_NOT_COME = "did_not_come"


class BookedBy(StrEnum):
    """Who booked a place."""

    CANDIDATE = "candidate"
    STAFF = "staff"


NEXT_SESSION: Mapping[SessionState, frozenset[SessionState]] = {
    SessionState.OPEN: frozenset({SessionState.CLOSED, SessionState.CANCELLED}),
    SessionState.CLOSED: frozenset({SessionState.OPEN, SessionState.CANCELLED}),
    SessionState.CANCELLED: frozenset(),
}

_MARKED = frozenset({BookingState.CAME, BookingState.DID_NOT_COME})
MARKS = _MARKED | {BookingState.BOOKED}
"""What one pass over the list can leave: came, did not come, not marked."""
HOLDS_A_PLACE = MARKS
NEXT_BOOKING: Mapping[BookingState, frozenset[BookingState]] = {
    BookingState.BOOKED: _MARKED | {BookingState.CANCELLED, BookingState.CALLED_OFF},
    BookingState.CANCELLED: frozenset(),
    BookingState.CALLED_OFF: frozenset(),
    BookingState.CAME: frozenset({BookingState.BOOKED, BookingState.DID_NOT_COME}),
    BookingState.DID_NOT_COME: frozenset({BookingState.BOOKED, BookingState.CAME}),
}


def check_session_step(state: SessionState, to: SessionState) -> None:
    """Raise RuleBroken unless a session may go from one state to the other."""
    if to not in NEXT_SESSION[state]:
        raise RuleBroken(N_("This is not possible any more: look at the info session again."))


def check_booking_step(state: BookingState, to: BookingState) -> None:
    """Raise RuleBroken unless a booking may go from one state to the other."""
    if to not in NEXT_BOOKING[state]:
        raise RuleBroken(N_("This is not possible any more: look at the booking again."))


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """An info session before it is kept; `on` and `at` are read from the clock on the wall."""

    form: SessionForm
    mode: Mode
    language: str
    on: date
    at: time
    minutes: int
    capacity: int
    host_id: str | None = None
    place: str = ""
    meeting_url: str | None = None
    meeting_phone: str | None = None
    note: str = ""

    def starts_at(self, zone: str) -> datetime:
        """The instant of its start, in UTC."""
        return datetime.combine(self.on, self.at, ZoneInfo(zone)).astimezone(UTC)

    def on_day(self, day: date) -> SessionPlan:
        """The same on another day: nine o'clock stays nine o'clock when the clocks change."""
        return replace(self, on=day)


def check_plan(plan: SessionPlan, now: datetime, zone: str, taken: int = 0) -> None:
    """A session lies ahead, has a place or a link, and room for those who booked.

    Raises RuleBroken on its field.
    """
    starts_at = plan.starts_at(zone)
    if starts_at.astimezone(ZoneInfo(zone)).time() != plan.at:
        raise RuleBroken(N_("There is no such time on that night: the clocks change."), "at")
    if starts_at <= now:
        raise RuleBroken(N_("The info session would be in the past."), field="on")
    if starts_at > now + FARTHEST:
        raise RuleBroken(N_("The info session is more than a year away."), field="on")
    if not SHORTEST <= plan.minutes <= LONGEST:
        raise RuleBroken(
            N_("An info session takes from %(least)d to %(most)d minutes."),
            field="minutes",
            least=SHORTEST,
            most=LONGEST,
        )
    _check_places(plan, taken)
    if plan.mode is Mode.ON_SITE and not plan.place:
        raise RuleBroken(N_("Say where people come."), field="place")
    if plan.mode is Mode.ONLINE and not plan.meeting_url:
        raise RuleBroken(N_("Enter the link by which people join."), field="meeting_url")


def _check_places(plan: SessionPlan, taken: int) -> None:
    if plan.form is SessionForm.ONE_TO_ONE and plan.capacity != 1:
        raise RuleBroken(N_("One to one means one place."), field="capacity")
    if not 1 <= plan.capacity <= MOST_PLACES:
        raise RuleBroken(
            N_("An info session has from 1 to %(most)d places."), field="capacity", most=MOST_PLACES
        )
    if plan.capacity < taken:
        raise RuleBroken(
            N_("%(taken)d places are booked already, so there cannot be fewer."),
            field="capacity",
            taken=taken,
        )


def series(first: date, count: int, every_weeks: int, holidays: Collection[date]) -> list[date]:
    """The days of a series: the weekday of the first, every so many weeks, holidays left out.

    Raises RuleBroken for fewer than one day or more than fit.
    """
    if not 1 <= count <= MOST_IN_SERIES:
        raise RuleBroken(
            N_("A series has from 1 to %(most)d info sessions."), field="count", most=MOST_IN_SERIES
        )
    if every_weeks not in (1, 2, 3, 4):
        raise RuleBroken(N_("Choose from one to four weeks between them."), field="every_weeks")
    days = [first + timedelta(weeks=n * every_weeks) for n in range(count)]
    left = [day for day in days if day not in holidays]
    if not left:
        raise RuleBroken(N_("This day is a public holiday."), field="on")
    return left


@dataclass(frozen=True, slots=True)
class SessionNow:
    """A session as a booking finds it: its state, its start, and how many places are taken."""

    state: SessionState
    starts_at: datetime
    capacity: int
    taken: int

    @property
    def free(self) -> int:
        """Places that are left; never below zero."""
        return max(0, self.capacity - self.taken)


def check_place(session: SessionNow, now: datetime) -> None:
    """A place can be booked while the session is open, ahead, and has room. Raises RuleBroken."""
    if session.state is SessionState.CANCELLED:
        raise RuleBroken(N_("This info session was cancelled. Choose another one."), "session")
    if session.starts_at <= now:
        raise RuleBroken(N_("This info session has begun already. Choose another one."), "session")
    if session.state is SessionState.CLOSED:
        raise RuleBroken(
            N_("This info session takes no more bookings. Choose another one."), "session"
        )
    if session.free == 0:
        raise RuleBroken(
            N_("This info session is full: the last place has just gone. Choose another one."),
            "session",
        )


def check_may_book(stage: Stage, left: ExitReason | None) -> None:
    """A candidate books until she has been to a session. Raises RuleBroken, said to her."""
    if left is not None:
        raise RuleBroken(
            N_("You are not on our list at the moment. Call us if you would like to come.")
        )
    if stage is Stage.ATTENDED:
        raise RuleBroken(N_("You have been to an info session already. We will be in touch."))
    if stage not in (Stage.REFERRED, Stage.CONTACTED, Stage.INVITED):
        raise RuleBroken(N_("You have been selected already, so you need no info session."))


def check_may_change(state: BookingState, starts_at: datetime, now: datetime) -> None:
    """A place is moved or given up before its session begins. Raises RuleBroken."""
    if state is not BookingState.BOOKED:
        raise RuleBroken(N_("You have no booking any more. You can make a new one."))
    if starts_at <= now:
        raise RuleBroken(N_("The info session has begun, so the booking cannot be changed."))


def can_be_marked(state: SessionState, starts_at: datetime, now: datetime) -> bool:
    """Whether attendance can be marked: from a quarter of an hour before the start."""
    return state is not SessionState.CANCELLED and now >= starts_at - BEFORE_START


def check_marking(state: SessionState, starts_at: datetime, now: datetime) -> None:
    """Attendance is marked when people arrive, not before. Raises RuleBroken."""
    if state is SessionState.CANCELLED:
        raise RuleBroken(N_("This info session was cancelled: there is nothing to mark."))
    if not can_be_marked(state, starts_at, now):
        raise RuleBroken(
            N_("Attendance is marked when the info session begins, not before it."), "marks"
        )


class Reminder(StrEnum):
    """When somebody is reminded of her place."""

    TWO_DAYS = "two_days"
    MORNING = "morning"


_TWO_DAYS_AT = time(10)
_MORNING_AT = time(7, 30)
_LEAST_BEFORE = timedelta(hours=1)


def reminder_due(kind: Reminder, starts_at: datetime, zone: str) -> datetime:
    """When a reminder is due: at 10 two days before, and at 7.30 on the day itself.

    For a session that begins early the morning's comes an hour before its start.
    """
    start = starts_at.astimezone(ZoneInfo(zone))
    if kind is Reminder.TWO_DAYS:
        return datetime.combine(start.date() - timedelta(days=2), _TWO_DAYS_AT, ZoneInfo(zone))
    morning = datetime.combine(start.date(), _MORNING_AT, ZoneInfo(zone))
    return min(morning, start - _LEAST_BEFORE)


def reminder_ends(kind: Reminder, starts_at: datetime, zone: str) -> datetime:
    """Until when a reminder still makes sense; later it is not sent at all."""
    start = starts_at.astimezone(ZoneInfo(zone))
    if kind is Reminder.MORNING:
        return start
    return datetime.combine(start.date() - timedelta(days=1), time(20), ZoneInfo(zone))


def due_reminders(
    starts_at: datetime, booked_at: datetime, now: datetime, zone: str
) -> list[Reminder]:
    """The reminders that a booking should get now.

    Who booked after one was due has just been told the time, and gets none of it.
    """
    return [
        kind
        for kind in Reminder
        if booked_at < (due := reminder_due(kind, starts_at, zone))
        and due <= now < reminder_ends(kind, starts_at, zone)
    ]
