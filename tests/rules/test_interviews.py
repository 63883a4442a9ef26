"""When an interview may be, when it is recalled, and what a place is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobsearch.core.errors import RuleBroken
from jobsearch.tracker.interviews.mail import PLACES
from jobsearch.tracker.interviews.rules import (
    PREPARATIONS,
    TO_PREPARE,
    WAY_NAMES,
    InterviewWay,
    Preparation,
    check_interview,
    check_told,
    is_link,
    is_reminder_due,
    open_items,
    starts_at_of,
)
from tests.world import FIRST_DAY, NOW

HOME = "Europe/Helsinki"


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "minute", "instant"),
    [
        (date(2026, 11, 26), 13 * 60, at(2026, 11, 26, 11)),
        (date(2026, 7, 1), 13 * 60, at(2026, 7, 1, 10)),
        # the clocks go forward on 29.3.2026 at three and back on 25.10.2026 at four
        (date(2026, 3, 28), 9 * 60, at(2026, 3, 28, 7)),
        (date(2026, 3, 29), 9 * 60, at(2026, 3, 29, 6)),
        (date(2026, 10, 25), 9 * 60, at(2026, 10, 25, 7)),
        (date(2026, 10, 25), 3 * 60 + 30, at(2026, 10, 25, 0, 30)),
        (date(2026, 3, 29), 0, at(2026, 3, 28, 22)),
    ],
)
def test_an_interview_begins_when_the_clock_on_the_wall_says_so(on, minute, instant) -> None:
    assert starts_at_of(on, minute, HOME) == instant


def test_nothing_begins_in_the_hour_that_a_night_leaves_out() -> None:
    with pytest.raises(RuleBroken) as refused:
        starts_at_of(date(2026, 3, 29), 3 * 60 + 30, HOME)
    assert refused.value.field == "at"


THURSDAY = at(2026, 11, 26, 11)


def check(starts_at: datetime = THURSDAY, minutes: int = 60, place: str = "") -> None:
    check_interview(starts_at, minutes, place, FIRST_DAY, NOW, HOME)


def test_an_interview_is_from_the_groups_first_day_to_a_year_ahead() -> None:
    check()
    check(at(2026, 11, 15, 22))  # it is the first day already on the wall
    check(NOW + timedelta(days=366))
    for starts_at in (at(2026, 11, 15, 21, 59), NOW + timedelta(days=366, minutes=1)):
        with pytest.raises(RuleBroken) as refused:
            check(starts_at)
        assert refused.value.field == "on"


@pytest.mark.parametrize("minutes", [4, 481])
def test_an_interview_takes_five_minutes_to_eight_hours(minutes) -> None:
    check(minutes=5)
    check(minutes=480)
    with pytest.raises(RuleBroken) as refused:
        check(minutes=minutes)
    assert refused.value.field == "minutes"


def test_a_place_is_at_most_200_letters_and_what_was_learned_1000() -> None:
    check(place="x" * 200)
    check_told(NOW, "x" * 1000, NOW)
    for too_long in (lambda: check(place="x" * 201), lambda: check_told(NOW, "x" * 1001, NOW)):
        with pytest.raises(RuleBroken):
            too_long()


def test_how_it_went_is_told_when_it_has_begun() -> None:
    check_told(NOW, "", NOW)
    with pytest.raises(RuleBroken):
        check_told(NOW + timedelta(minutes=1), "", NOW)


def test_the_reminder_comes_from_four_in_the_afternoon_before() -> None:
    starts_at, long_ago = at(2026, 11, 26, 7), at(2026, 11, 20, 7)
    due = at(2026, 11, 25, 14)  # 16.00 in Helsinki
    assert not is_reminder_due(starts_at, long_ago, due - timedelta(seconds=1), HOME)
    assert is_reminder_due(starts_at, long_ago, due, HOME)
    assert is_reminder_due(starts_at, long_ago, starts_at - timedelta(seconds=1), HOME)
    assert not is_reminder_due(starts_at, long_ago, starts_at, HOME)


def test_the_reminder_keeps_to_the_wall_when_the_clocks_change_in_between() -> None:
    starts_at = starts_at_of(date(2026, 10, 25), 9 * 60, HOME)
    due = at(2026, 10, 24, 13)  # still summer time: 16.00
    long_ago = at(2026, 10, 20, 7)
    assert not is_reminder_due(starts_at, long_ago, due - timedelta(seconds=1), HOME)
    assert is_reminder_due(starts_at, long_ago, due, HOME)


def test_who_has_just_moved_it_is_not_reminded_within_the_hour() -> None:
    starts_at, moved = at(2026, 11, 26, 7), at(2026, 11, 25, 18)
    assert not is_reminder_due(starts_at, moved, moved + timedelta(minutes=59), HOME)
    assert is_reminder_due(starts_at, moved, moved + timedelta(minutes=60), HOME)
    soon = at(2026, 11, 25, 18, 30)
    assert not is_reminder_due(soon, moved, soon - timedelta(seconds=1), HOME)


def test_every_thing_to_prepare_has_its_words_and_what_is_open_keeps_its_order() -> None:
    assert set(PREPARATIONS) == set(TO_PREPARE) == set(Preparation)
    assert set(WAY_NAMES) == set(PLACES) == set(InterviewWay)
    assert open_items({Preparation.EXAMPLE}) == [
        item for item in Preparation if item is not Preparation.EXAMPLE
    ]
    assert open_items(set(Preparation)) == []


@pytest.mark.parametrize(
    ("place", "so"),
    [
        ("https://meet.example.org/x?a=1", True),
        ("http://meet.example.org", True),
        ("javascript:alert(1)", False),
        ("https://meet.example.org, room 2", False),
        ('https://x"onclick', False),
        ("Satakunnankatu 5", False),
        ("", False),
    ],
)
def test_a_place_is_a_link_only_where_a_browser_may_open_it(place, so) -> None:
    assert is_link(place) is so
