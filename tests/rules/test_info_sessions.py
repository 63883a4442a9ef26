"""Rules of info sessions: states, series, places, reminders over the changes of the clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from jobsearch.core.errors import RuleBroken
from jobsearch.recruitment.rules import SessionForm
from jobsearch.recruitment.sessions.rules import (
    HOLDS_A_PLACE,
    NEXT_BOOKING,
    NEXT_SESSION,
    BookingState,
    Mode,
    Reminder,
    SessionNow,
    SessionPlan,
    SessionState,
    can_be_marked,
    check_booking_step,
    check_place,
    check_plan,
    check_session_step,
    due_reminders,
    reminder_due,
    reminder_ends,
    series,
)

HOME = "Europe/Helsinki"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PLAN = SessionPlan(
    form=SessionForm.GROUP,
    mode=Mode.ON_SITE,
    language="fi",
    on=date(2026, 11, 26),
    at=time(9),
    minutes=60,
    capacity=8,
    place="Library",
)


@pytest.mark.parametrize(("now", "to"), [*product(SessionState, SessionState)])
def test_every_pair_of_session_states(now: SessionState, to: SessionState) -> None:
    allowed = {
        (SessionState.OPEN, SessionState.CLOSED),
        (SessionState.CLOSED, SessionState.OPEN),
        (SessionState.OPEN, SessionState.CANCELLED),
        (SessionState.CLOSED, SessionState.CANCELLED),
    }
    if (now, to) in allowed:
        check_session_step(now, to)
    else:
        with pytest.raises(RuleBroken):
            check_session_step(now, to)
    assert set(NEXT_SESSION) == set(SessionState)


@pytest.mark.parametrize(("now", "to"), [*product(BookingState, BookingState)])
def test_every_pair_of_booking_states(now: BookingState, to: BookingState) -> None:
    booked, came, away = BookingState.BOOKED, BookingState.CAME, BookingState.DID_NOT_COME
    gone = {BookingState.CANCELLED, BookingState.CALLED_OFF}
    marks = {booked, came, away}
    allowed = (now is booked and to in gone) or (now in marks and to in marks and now is not to)
    if allowed:
        check_booking_step(now, to)
    else:
        with pytest.raises(RuleBroken):
            check_booking_step(now, to)
    assert set(NEXT_BOOKING) == set(BookingState)


class Bookings(RuleBasedStateMachine):
    """Whatever is done to the bookings of a session, no more places are held than there are."""

    CAPACITY = 3

    def __init__(self) -> None:
        super().__init__()
        self.states: list[BookingState] = []

    def _held(self) -> int:
        return sum(state in HOLDS_A_PLACE for state in self.states)

    @rule()
    def book(self) -> None:
        found = SessionNow(SessionState.OPEN, NOW + timedelta(days=1), self.CAPACITY, self._held())
        try:
            check_place(found, NOW)
        except RuleBroken:
            assert self._held() == self.CAPACITY
        else:
            self.states.append(BookingState.BOOKED)

    @precondition(lambda self: self.states)
    @rule(which=st.integers(0, 99), to=st.sampled_from(BookingState))
    def step(self, which: int, to: BookingState) -> None:
        at = which % len(self.states)
        was = self.states[at]
        try:
            check_booking_step(was, to)
        except RuleBroken:
            assert to not in NEXT_BOOKING[was]
        else:
            self.states[at] = to
            assert was in HOLDS_A_PLACE, "what has ended stays ended"

    @invariant()
    def never_too_many(self) -> None:
        assert self._held() <= self.CAPACITY


TestBookings = Bookings.TestCase


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"on": date(2026, 11, 23)}, "on", "in the past"),
        ({"on": date(2028, 1, 1)}, "on", "more than a year"),
        ({"minutes": 5}, "minutes", "from 15 to 240"),
        ({"minutes": 500}, "minutes", "from 15 to 240"),
        ({"capacity": 0}, "capacity", "from 1 to 60"),
        ({"capacity": 61}, "capacity", "from 1 to 60"),
        ({"form": SessionForm.ONE_TO_ONE, "capacity": 2}, "capacity", "one place"),
        ({"place": ""}, "place", "where people come"),
        ({"mode": Mode.ONLINE}, "meeting_url", "link by which people join"),
        ({"on": date(2027, 3, 28), "at": time(3, 30)}, "at", "the clocks change"),
    ],
)
def test_what_a_session_cannot_be_has_its_own_sentence(change, field, sentence) -> None:
    with pytest.raises(RuleBroken, match=sentence) as broken:
        check_plan(replace(PLAN, **change), NOW, HOME)
    assert broken.value.field == field


def test_a_session_cannot_have_fewer_places_than_are_booked() -> None:
    with pytest.raises(RuleBroken, match="5 places are booked"):
        check_plan(replace(PLAN, capacity=4), NOW, HOME, taken=5)
    check_plan(replace(PLAN, capacity=5), NOW, HOME, taken=5)


def test_a_series_leaves_holidays_out_and_refuses_nonsense() -> None:
    first = date(2026, 12, 4)
    assert series(first, 3, 2, {date(2026, 12, 18)}) == [first, date(2027, 1, 1)]
    with pytest.raises(RuleBroken, match="public holiday"):
        series(first, 1, 1, {first})
    with pytest.raises(RuleBroken, match="from 1 to 12"):
        series(first, 13, 1, ())
    with pytest.raises(RuleBroken, match="one to four weeks"):
        series(first, 2, 9, ())


def test_attendance_is_marked_from_a_quarter_of_an_hour_before() -> None:
    start = NOW
    assert not can_be_marked(SessionState.OPEN, start, start - timedelta(minutes=16))
    assert can_be_marked(SessionState.CLOSED, start, start - timedelta(minutes=15))
    assert not can_be_marked(SessionState.CANCELLED, start, start)


DAYS_OF_CHANGE = [date(2027, 3, 28), date(2026, 10, 25), date(2026, 12, 31), date(2028, 2, 29)]


@pytest.mark.parametrize("day", DAYS_OF_CHANGE)
@pytest.mark.parametrize("after", range(4))
def test_reminders_come_by_the_clock_on_the_wall_around_its_changes(day, after) -> None:
    start = datetime.combine(day + timedelta(days=after), time(9), ZoneInfo(HOME))
    two, morning = (
        reminder_due(kind, start.astimezone(UTC), HOME).astimezone(ZoneInfo(HOME))
        for kind in Reminder
    )
    assert (two.date(), two.time()) == (start.date() - timedelta(days=2), time(10))
    assert (morning.date(), morning.time()) == (start.date(), time(7, 30))


def test_an_early_session_is_reminded_of_an_hour_before() -> None:
    start = datetime(2026, 11, 26, 7, 0, tzinfo=ZoneInfo(HOME))
    assert reminder_due(Reminder.MORNING, start, HOME).time() == time(6)


@given(
    minutes=st.integers(0, 3 * 365 * 24 * 60),
    before_booked=st.timedeltas(timedelta(0), timedelta(days=30)),
    before_now=st.timedeltas(timedelta(days=-1), timedelta(days=5)),
)
def test_no_reminder_is_early_late_or_of_what_was_just_told(
    minutes, before_booked, before_now
) -> None:
    starts_at = NOW + timedelta(minutes=minutes)
    booked_at, now = starts_at - before_booked, starts_at - before_now
    for kind in due_reminders(starts_at, booked_at, now, HOME):
        due = reminder_due(kind, starts_at, HOME)
        assert booked_at < due <= now < reminder_ends(kind, starts_at, HOME)
        assert now < starts_at
