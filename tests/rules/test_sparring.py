"""When talks can be offered, booked and cancelled, and whether everyone gets her share."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.coaching.sparring.rules import (
    MOST_AT_ONCE,
    SlotNow,
    Taken,
    check_booking,
    check_cancelling,
    free_times,
    is_short,
    times_of,
)
from jobsearch.core.errors import RuleBroken

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _at(minutes):
    return NOW + timedelta(minutes=minutes)


def test_times_lie_end_to_end_and_none_runs_over():
    assert times_of(_at(60), _at(165), 30, NOW) == [_at(60), _at(90), _at(120)]


@pytest.mark.parametrize(
    ("first", "last", "minutes", "words"),
    [
        (_at(-1), _at(60), 30, "past"),
        (_at(60), _at(80), 30, "No talk fits"),
        (_at(60), _at(30), 30, "No talk fits"),
        (_at(60), _at(600), 9, "from 10 to 120"),
        (_at(60), _at(600), 121, "from 10 to 120"),
        (NOW + timedelta(days=61), NOW + timedelta(days=62), 30, "two months"),
    ],
)
def test_times_that_cannot_be_are_refused_in_words(first, last, minutes, words):
    with pytest.raises(RuleBroken, match=words):
        times_of(first, last, minutes, NOW)


def test_a_whole_day_offers_no_more_than_a_day_holds():
    assert len(times_of(_at(1), _at(1 + 24 * 60), 10, NOW)) == MOST_AT_ONCE


def test_times_that_meet_something_are_left_out():
    wanted = [_at(60), _at(90), _at(120)]
    assert free_times(wanted, 30, [Taken(_at(80), 20)]) == [_at(120)]
    with pytest.raises(RuleBroken, match="already"):
        free_times(wanted, 30, [Taken(_at(0), 300)])


@given(
    st.lists(st.tuples(st.integers(0, 600), st.integers(10, 120)), max_size=8),
    st.integers(10, 120),
)
def test_nothing_that_is_offered_ever_overlaps(taken, minutes):
    given = [Taken(_at(start), length) for start, length in taken]
    wanted = times_of(_at(1), _at(700), minutes, NOW)
    try:
        free = free_times(wanted, minutes, given)
    except RuleBroken:
        free = []
    for start in free:
        end = start + timedelta(minutes=minutes)
        for one in given:
            assert end <= one.starts_at or one.starts_at + timedelta(minutes=one.minutes) <= start


FREE = SlotNow(NOW + HOUR, is_withdrawn=False, is_taken=False, mine=False)


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        (SlotNow(NOW, False, False, False), "passed"),
        (SlotNow(NOW + HOUR, True, False, False), "taken this time back"),
        (SlotNow(NOW + HOUR, False, True, False), "Somebody else"),
    ],
)
def test_a_time_that_is_gone_is_not_booked(slot, words):
    check_booking(FREE, NOW)
    with pytest.raises(RuleBroken, match=words):
        check_booking(slot, NOW)


def test_only_her_own_time_to_come_is_cancelled():
    check_cancelling(SlotNow(NOW + HOUR, False, True, True), NOW)
    for slot, words in (
        (FREE, "not booked for you"),
        (SlotNow(NOW, False, True, True), "begun already"),
    ):
        with pytest.raises(RuleBroken, match=words):
            check_cancelling(slot, NOW)


@pytest.mark.parametrize(
    ("talks", "gone", "days", "short"),
    [(0, 1, 4, False), (0, 2, 4, True), (1, 2, 4, True), (2, 4, 4, False), (1, 1, 1, True)],
)
def test_little_time_is_told_once_half_of_the_week_has_gone(talks, gone, days, short):
    assert is_short(talks, gone, days) is short
