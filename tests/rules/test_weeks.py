"""When one checks in, tells in advance, says a week is complete, and opens a locked one."""

from datetime import date

import pytest

from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.attendance.weeks.rules import (
    DayToday,
    OwnDay,
    check_check_in,
    check_complete,
    check_notice,
    check_unlock,
    is_late,
    is_open,
)
from jobsearch.core.errors import RuleBroken

NINE, END = 9 * 60, 12 * 60
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("minute", "opens"),
    [
        (NINE - 16, False),
        (NINE - 15, True),
        (NINE, True),
        (END - 1, True),
        (END, False),
    ],
)
def test_one_checks_in_from_a_quarter_before_the_start_until_the_end(minute, opens):
    day = DayToday(NINE, END, None)
    assert is_open(day, minute) is opens
    if opens:
        check_check_in(day, minute)
    else:
        with pytest.raises(RuleBroken):
            check_check_in(day, minute)


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark is not Mark.PRESENT])
def test_nobody_checks_in_against_the_coachs_mark(mark):
    with pytest.raises(RuleBroken, match="marked you away"):
        check_check_in(DayToday(NINE, END, mark), NINE)


def test_ten_minutes_are_not_late_and_eleven_are():
    day = DayToday(NINE, END, None)
    assert not is_late(day, NINE + 10)
    assert is_late(day, NINE + 11)


@pytest.mark.parametrize(
    ("cancelled", "ended", "late", "words"),
    [
        (True, False, None, "cancelled"),
        (False, True, None, "over"),
        (False, False, 7, "how late"),
        (False, False, -30, "how late"),
    ],
)
def test_a_word_in_advance_that_says_nothing_is_refused(cancelled, ended, late, words):
    with pytest.raises(RuleBroken, match=words):
        check_notice(cancelled, ended, late)


def _day(on=TODAY, mark=Mark.PRESENT, state=AttendanceState.MARKED):
    return OwnDay(on, mark, state if mark else None)


def test_a_week_is_complete_when_it_is_over_and_marked():
    check_complete([_day(), _day(mark=Mark.UNSETTLED_ABSENCE)], TODAY)
    for days, words in (
        ([], "no working days"),
        ([_day(date(2026, 11, 27))], "not come yet"),
        ([_day(), _day(mark=None)], "not marked yet"),
    ):
        with pytest.raises(RuleBroken, match=words):
            check_complete(days, TODAY)


def test_an_approved_week_is_opened_for_a_reason_and_not_once_a_pay_run_has_it():
    approved, locked, marked = (
        AttendanceState.APPROVED,
        AttendanceState.LOCKED,
        AttendanceState.MARKED,
    )
    check_unlock([approved, approved], "a day was marked wrong")
    for states, reason, words in (
        ([approved], "  ", "why"),
        ([approved, locked], "x", "pay run"),
        ([marked], "x", "not approved"),
        ([], "x", "not approved"),
    ):
        with pytest.raises(RuleBroken, match=words):
            check_unlock(states, reason)
