"""Seats, starts, moves and states of a group."""

from datetime import date

import pytest

from jobsearch.cohorts.rules import (
    NEXT,
    DayNow,
    EnrolmentState,
    Stage,
    check_change,
    check_move,
    check_room,
    check_seats,
    check_start,
    check_step,
    stage_of,
)
from jobsearch.core.errors import RuleBroken

TODAY = date(2026, 11, 24)
DAY = DayNow(date(2026, 11, 26), is_cancelled=False, has_begun=False)


@pytest.mark.parametrize("seats", [0, 7, -1])
def test_a_group_has_from_one_to_six_seats(seats: int) -> None:
    with pytest.raises(RuleBroken):
        check_seats(seats)
    check_seats(6)


def test_the_seventh_person_finds_no_seat() -> None:
    check_room(5, 6)
    with pytest.raises(RuleBroken):
        check_room(6, 6)


@pytest.mark.parametrize("start", [date(2026, 11, 23), date(2031, 1, 1)])
def test_a_start_in_the_past_or_beyond_the_calendar_is_refused(start: date) -> None:
    with pytest.raises(RuleBroken):
        check_start(start, TODAY)


def test_a_group_may_start_today() -> None:
    check_start(TODAY, TODAY)


@pytest.mark.parametrize(
    ("to", "holiday"),
    [
        (date(2026, 11, 26), None),
        (date(2026, 11, 23), None),
        (date(2026, 11, 28), None),
        (date(2026, 11, 29), None),
        (date(2026, 11, 30), None),
        (date(2026, 12, 24), "Christmas Eve"),
    ],
    ids=["same", "past", "saturday", "sunday", "busy", "holiday"],
)
def test_a_day_moves_only_where_work_can_be_done(to: date, holiday: str | None) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_move(DAY, to, TODAY, {date(2026, 11, 30)}, holiday)
    assert broken.value.field == "to"


def test_a_person_may_move_a_day_earlier() -> None:
    check_move(DAY, date(2026, 11, 25), TODAY, {date(2026, 11, 30)}, None)


@pytest.mark.parametrize(
    "day", [DayNow(TODAY, True, False), DayNow(TODAY, False, True)], ids=["cancelled", "begun"]
)
def test_a_day_that_is_cancelled_or_has_begun_does_not_change(day: DayNow) -> None:
    with pytest.raises(RuleBroken):
        check_change(day)


@pytest.mark.parametrize("old", EnrolmentState)
@pytest.mark.parametrize("new", EnrolmentState)
def test_who_has_started_stays_in_the_results(old, new) -> None:
    if new in NEXT[old]:
        check_step(old, new)
        return
    with pytest.raises(RuleBroken):
        check_step(old, new)


def test_a_group_is_coming_running_or_over() -> None:
    first, last = date(2026, 11, 24), date(2026, 12, 3)
    days = (date(2026, 11, 23), first, last, date(2026, 12, 4))
    stages = [stage_of(first, last, day) for day in days]
    assert stages == [Stage.COMING, Stage.RUNNING, Stage.RUNNING, Stage.OVER]
