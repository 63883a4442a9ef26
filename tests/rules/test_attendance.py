"""How a marked day becomes paid minutes, and when hours may change."""

from datetime import date

import pytest

from jobsearch.attendance.rules import (
    NEXT,
    AttendanceState,
    Mark,
    MarkedDay,
    PersonDay,
    check_marking,
    check_settlement,
    check_step,
    check_week,
    paid_minutes_of,
)
from jobsearch.core.errors import RuleBroken

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("mark", "worked", "paid"),
    [
        (Mark.PRESENT, None, 270),
        (Mark.PRESENT, 200, 200),
        (Mark.PAID_ABSENCE, None, 270),
        (Mark.UNPAID_ABSENCE, None, 0),
        (Mark.UNSETTLED_ABSENCE, None, 0),
        (Mark.UNSETTLED_ABSENCE, 100, 0),
    ],
)
def test_what_a_mark_pays(mark: Mark, worked: int | None, paid: int) -> None:
    assert paid_minutes_of(mark, 270, worked) == paid


@pytest.mark.parametrize("worked", [0, -1, 271])
def test_a_day_present_has_some_hours_and_no_more_than_planned(worked: int) -> None:
    with pytest.raises(RuleBroken):
        paid_minutes_of(Mark.PRESENT, 270, worked)


@pytest.mark.parametrize("old", AttendanceState)
@pytest.mark.parametrize("new", AttendanceState)
def test_hours_go_from_marked_to_approved_to_locked_and_never_back(old, new) -> None:
    if new in NEXT[old]:
        check_step(old, new)
        return
    with pytest.raises(RuleBroken):
        check_step(old, new)


@pytest.mark.parametrize(
    "day",
    [
        MarkedDay(TODAY, True, None),
        MarkedDay(date(2026, 11, 25), False, None),
        MarkedDay(TODAY, False, AttendanceState.APPROVED),
        MarkedDay(TODAY, False, AttendanceState.LOCKED),
        MarkedDay(TODAY, False, None, left_on=YESTERDAY),
    ],
    ids=["cancelled", "to come", "approved", "in a pay run", "had left"],
)
def test_a_day_that_cannot_be_marked_says_why(day: MarkedDay) -> None:
    with pytest.raises(RuleBroken):
        check_marking(day, TODAY)


def test_today_and_the_day_of_leaving_can_be_marked() -> None:
    check_marking(MarkedDay(TODAY, False, None, left_on=TODAY), TODAY)
    check_marking(MarkedDay(YESTERDAY, False, AttendanceState.MARKED), TODAY)


@pytest.mark.parametrize(
    ("mark", "to"),
    [
        (Mark.PRESENT, Mark.PAID_ABSENCE),
        (Mark.UNSETTLED_ABSENCE, Mark.PRESENT),
        (Mark.UNSETTLED_ABSENCE, Mark.UNSETTLED_ABSENCE),
    ],
)
def test_only_an_absence_is_settled_and_only_as_paid_or_unpaid(mark: Mark, to: Mark) -> None:
    with pytest.raises(RuleBroken):
        check_settlement(mark, to)


@pytest.mark.parametrize(
    "days",
    [
        [],
        [PersonDay(date(2026, 11, 25), None)],
        [PersonDay(TODAY, Mark.PRESENT), PersonDay(TODAY, None)],
        [PersonDay(TODAY, Mark.UNSETTLED_ABSENCE)],
    ],
    ids=["empty", "not over", "not marked", "not settled"],
)
def test_a_week_with_something_open_is_not_approved(days: list[PersonDay]) -> None:
    with pytest.raises(RuleBroken):
        check_week(days, TODAY)


def test_a_week_that_is_over_marked_and_settled_is_approved() -> None:
    check_week([PersonDay(TODAY, Mark.PRESENT), PersonDay(TODAY, Mark.UNPAID_ABSENCE)], TODAY)
