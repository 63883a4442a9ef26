"""When a job's turn is: on the days when the clocks change, after a day off, and set back."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.text import Outcome
from jobsearch.jobs.rules import (
    LEASE,
    MONDAY,
    MOST_TRIES,
    NEXT_STATES,
    RETRY_AFTER,
    ZONE,
    Job,
    RunState,
    Turn,
    is_held,
    is_overdue,
    latest_due,
    next_due,
    retry_at,
    turn_to_take,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def job(**rhythm) -> Job:
    return Job("x.work", title="Work", work=str, **rhythm)


def local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE).astimezone(UTC)


DAILY = job(daily_at=time(4, 30))
WEEKLY = job(weekly_at=(MONDAY, time(7)))
OFTEN = job(every=timedelta(minutes=10))
ANY = st.sampled_from(
    [
        DAILY,
        WEEKLY,
        OFTEN,
        job(daily_at=time(0, 5)),
        job(daily_at=time(23, 55)),
        job(every=SECOND * 5),
    ]
)
WHEN = st.integers(0, 3 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@pytest.mark.parametrize(
    "rhythm",
    [
        {},
        {"every": timedelta(minutes=1), "daily_at": time(5)},
        {"every": timedelta(seconds=1)},
        {"every": timedelta(days=2)},
        {"daily_at": time(3, 0)},
        {"daily_at": time(3, 59)},
        {"daily_at": time(5, tzinfo=UTC)},
        {"weekly_at": (0, time(3, 30))},
        {"weekly_at": (7, time(5))},
    ],
)
def test_a_job_without_a_lawful_rhythm_is_refused(rhythm):
    with pytest.raises(ValueError, match=r"x\.work"):
        job(**rhythm)


@pytest.mark.parametrize(("name", "title"), [("", "Title"), ("x" * 61, "Title"), ("x", "")])
def test_a_job_without_a_name_or_a_title_is_refused(name, title):
    with pytest.raises(ValueError, match="short name and a title"):
        Job(name, title=title, work=str, every=timedelta(minutes=1))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 29),  # 23 hours
        date(2026, 10, 25),  # 25 hours
        date(2027, 3, 28),
        date(2026, 12, 31),
        date(2028, 2, 29),
        date(2026, 11, 24),
    ],
)
@pytest.mark.parametrize("at", [time(0, 0), time(2, 59), time(4, 0), time(4, 30), time(23, 59)])
def test_a_daily_job_comes_once_on_each_local_day(day, at):
    daily = job(daily_at=at)
    began = local(day - timedelta(days=1), time(12))
    seen = {latest_due(daily, began + timedelta(minutes=m)) for m in range(0, 48 * 60, 7)}
    days = [due.astimezone(ZONE).date() for due in sorted(seen)]
    assert len(days) == len(set(days))
    assert day in days
    assert {due.astimezone(ZONE).time() for due in seen} == {at}


def test_a_weekly_job_comes_once_in_each_week_of_two_years():
    began = local(date(2026, 1, 1), time(12))
    seen = {latest_due(WEEKLY, began + timedelta(hours=h)) for h in range(0, 2 * 365 * 24, 5)}
    weeks = sorted(due.astimezone(ZONE) for due in seen)
    assert {due.weekday() for due in weeks} == {MONDAY}
    assert {due.hour for due in weeks} == {7}
    assert all((b.date() - a.date()).days == 7 for a, b in pairwise(weeks))


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2026, 3, 29), date(2026, 11, 24)])
def test_what_comes_every_ten_minutes_comes_so_in_real_time(day):
    began = local(day, time(0))
    seen = sorted({latest_due(OFTEN, began + timedelta(minutes=m)) for m in range(24 * 60)})
    assert {b - a for a, b in pairwise(seen)} == {timedelta(minutes=10)}
    assert len(seen) == 144


@given(ANY, WHEN)
def test_the_latest_turn_is_never_ahead_and_the_next_one_always(rhythm, at):
    due, following = latest_due(rhythm, at), next_due(rhythm, at)
    assert due <= at < following
    assert latest_due(rhythm, following) == following
    assert latest_due(rhythm, following - SECOND) == due


@given(ANY, WHEN, st.integers(0, 10**6))
def test_two_schedulers_see_the_same_turn(rhythm, at, seconds):
    later = at + timedelta(seconds=seconds)
    if later < next_due(rhythm, at):
        assert latest_due(rhythm, later) == latest_due(rhythm, at)


def test_the_first_turn_is_taken_and_the_same_one_not_again():
    turn = turn_to_take(OFTEN, None, NOW)
    assert turn == Turn("x.work", NOW)
    assert turn_to_take(OFTEN, turn, NOW + 5 * SECOND) is None
    assert turn_to_take(OFTEN, turn, NOW + timedelta(minutes=10)) == Turn(
        "x.work", NOW + timedelta(minutes=10)
    )


@pytest.mark.parametrize("rhythm", [DAILY, OFTEN, WEEKLY])
def test_after_a_week_off_one_turn_is_done_and_no_burst(rhythm):
    last = Turn("x.work", latest_due(rhythm, NOW - timedelta(days=8)))
    taken = []
    at = NOW
    while (turn := turn_to_take(rhythm, last, at)) is not None:
        taken.append(turn)
        last = turn
    assert [turn.due_at for turn in taken] == [latest_due(rhythm, NOW)]


def test_a_turn_that_is_too_late_is_let_go():
    digest = job(weekly_at=(MONDAY, time(7)), at_latest=timedelta(days=1))
    due = local(date(2026, 11, 23), time(7))
    assert turn_to_take(digest, None, due + timedelta(hours=23)) is not None
    assert turn_to_take(digest, None, due + timedelta(hours=25)) is None


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(hours=5)])
def test_a_daily_job_is_not_done_again_when_the_clock_is_set_back(back):
    last = Turn("x.work", latest_due(DAILY, NOW))
    for minutes in range(0, 12 * 60, 5):
        at = last.due_at + timedelta(minutes=5) - back + timedelta(minutes=minutes)
        if at < last.due_at + timedelta(hours=12):
            assert turn_to_take(DAILY, last, at) is None
    assert turn_to_take(DAILY, last, next_due(DAILY, NOW)) is not None


def test_what_comes_often_goes_on_in_a_new_lap_when_the_clock_is_set_back():
    last = Turn("x.work", NOW)
    taken = []
    for minutes in range(0, 120, 5):
        turn = turn_to_take(OFTEN, last, NOW - timedelta(hours=1) + timedelta(minutes=minutes))
        if turn is not None:
            taken.append(turn)
            last = turn
    assert len(taken) == len(set(taken)) == 12
    assert {turn.lap for turn in taken} == {1}


def test_clocks_of_two_schedulers_may_differ_a_little():
    last = Turn("x.work", NOW)
    assert turn_to_take(OFTEN, last, NOW - timedelta(seconds=40)) is None


def test_a_clock_that_was_in_another_year_does_not_stop_a_daily_job():
    last = Turn("x.work", NOW + timedelta(days=900))
    turn = turn_to_take(DAILY, last, NOW)
    assert turn == Turn("x.work", latest_due(DAILY, NOW), 1)


def test_a_hold_ends_within_five_minutes():
    assert timedelta(seconds=30) <= LEASE <= timedelta(minutes=5)
    assert is_held(NOW + LEASE, NOW)
    assert not is_held(NOW - SECOND, NOW)
    assert not is_held(None, NOW)
    assert not is_held(NOW + timedelta(hours=1), NOW)  # the clock was set back


def test_what_comes_seldom_is_tried_again_and_what_comes_often_is_not():
    assert retry_at(DAILY, 1, NOW) == NOW + RETRY_AFTER
    assert retry_at(DAILY, MOST_TRIES, NOW) is None
    assert retry_at(OFTEN, 1, NOW) is None


def test_a_job_is_late_after_two_turns_and_not_before():
    assert not is_overdue(DAILY, NOW, NOW, NOW + timedelta(hours=47))
    assert is_overdue(DAILY, NOW, NOW, NOW + timedelta(hours=49))
    assert not is_overdue(OFTEN, None, NOW, NOW + timedelta(minutes=39))
    assert is_overdue(OFTEN, None, NOW, NOW + timedelta(minutes=41))


@pytest.mark.parametrize("before", list(RunState))
@pytest.mark.parametrize("after", list(RunState))
def test_a_turn_that_is_done_stays_done(before, after):
    allowed = {
        ("waiting", "running"),
        ("running", "done"),
        ("running", "failed"),
        ("running", "running"),
        ("failed", "running"),
    }
    assert (after in NEXT_STATES[before]) == ((before, after) in allowed)


def test_an_outcome_is_a_text_and_keeps_its_sentence():
    outcome = Outcome("Sent: %(count)s.", count=3)
    assert outcome == "Sent: 3."
    assert (outcome.message, outcome.gaps) == ("Sent: %(count)s.", {"count": 3})
    assert Outcome("100 % done").message == "100 % done"
