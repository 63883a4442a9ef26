"""Where the twelve days of a group fall."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.cohorts.calendar import (
    free_weekday_from,
    holiday_name,
    holidays_of,
    is_free_weekday,
    is_holiday,
    place_days,
)
from jobsearch.programmes.pilot import pilot_template

WEEKDAYS = [day.weekday for day in pilot_template().days]
MINUTES = [day.paid_minutes for day in pilot_template().days]


def _on(starts_on: date) -> list[date]:
    return [day.on for day in place_days(WEEKDAYS, starts_on)]


def test_three_weeks_without_holiday_are_monday_to_thursday() -> None:
    monday = date(2026, 11, 16)
    assert _on(monday) == [monday + timedelta(days=7 * (n // 4) + n % 4) for n in range(12)]


def test_christmas_eve_and_midsummer_eve_count_as_holidays() -> None:
    assert is_holiday(date(2026, 12, 24))
    assert is_holiday(date(2026, 6, 19))
    assert not is_holiday(date(2026, 12, 31))


def test_the_free_weekday_from_a_day_is_that_day_or_the_next_on_which_people_work() -> None:
    thursday, tuesday = date(2027, 3, 25), date(2027, 3, 30)
    assert free_weekday_from(thursday) == thursday
    assert free_weekday_from(thursday + timedelta(days=1)) == tuesday  # Easter lies between


def test_holidays_are_named_in_three_languages_whatever_the_machine_speaks(monkeypatch) -> None:
    holidays_of.cache_clear()
    monkeypatch.setenv("LANGUAGE", "en_US")
    eve = date(2026, 12, 24)
    assert [holiday_name(eve, one) for one in ("fi", "sv", "en")] == [
        "Jouluaatto",
        "Julafton",
        "Christmas Eve",
    ]
    assert holiday_name(date(2026, 12, 23)) is None


def test_a_lost_tuesday_moves_to_that_weeks_friday_and_the_order_stays() -> None:
    # Epiphany, Tuesday 6.1.2026
    days = place_days(WEEKDAYS, date(2026, 1, 5))
    assert [day.on.day for day in days[:5]] == [5, 7, 8, 9, 12]
    assert [day.position for day in days] == list(range(1, 13))
    assert [day.is_moved for day in days[:5]] == [False, True, True, True, False]


def test_without_a_free_friday_a_lost_day_moves_to_the_next_free_weekday() -> None:
    # Christmas Eve is a Thursday and Christmas Day a Friday
    days = _on(date(2026, 12, 7))
    assert days[-2:] == [date(2026, 12, 23), date(2026, 12, 28)]


def test_a_lost_day_never_takes_the_place_of_a_planned_one() -> None:
    # Thursday 24.12. is lost in the first week; the next free weekday is after both planned weeks
    days = _on(date(2026, 12, 21))
    assert len(set(days)) == 12
    assert date(2026, 12, 24) not in days and date(2026, 12, 25) not in days


def test_a_start_inside_a_week_begins_there_and_goes_on_with_whole_weeks() -> None:
    days = _on(date(2026, 11, 18))  # a Wednesday
    assert days[:4] == [
        date(2026, 11, 18),
        date(2026, 11, 19),
        date(2026, 11, 23),
        date(2026, 11, 24),
    ]


@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)))
def test_any_start_keeps_twelve_days_and_48_hours_on_free_weekdays_in_order(start: date) -> None:
    days = place_days(WEEKDAYS, start)
    on = [day.on for day in days]
    assert len(on) == 12 and sum(MINUTES) == 2880
    assert all(a < b for a, b in itertools.pairwise(on))
    assert all(day.weekday() < 5 and not is_holiday(day) for day in on)
    assert all(day.on >= day.planned_on >= start for day in days)


@given(
    st.dates(date(2021, 1, 1), date(2030, 12, 31)),
    st.sets(st.integers(0, 60), max_size=20),
)
def test_closures_of_ones_own_keep_it_true(start: date, closed: set[int]) -> None:
    shut = {start + timedelta(days=n) for n in closed}
    days = place_days(WEEKDAYS, start, lambda day: is_free_weekday(day) and day not in shut)
    on = [day.on for day in days]
    assert len(set(on)) == 12 and on == sorted(on)
    assert not shut & set(on)
    assert all(day.on >= day.planned_on for day in days)


@pytest.mark.parametrize("year", range(2021, 2031))
def test_every_year_has_its_fifteen_named_holidays_at_least(year: int) -> None:
    assert len(holidays_of(year)) >= 15
