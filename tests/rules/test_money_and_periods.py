"""Cents, basis points and spans of days."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.money import Money, Rate, round_half_up, wage
from jobsearch.core.periods import (
    Span,
    add_months,
    age_on,
    is_banking_day,
    month_of,
    next_banking_day,
    previous_banking_day,
    week_number,
    week_of,
    working_days,
)

NINTH, TWENTY_SIXTH = date(2026, 11, 9), date(2026, 11, 26)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(1, 2, 1), (3, 2, 2), (-1, 2, -1), (-3, 2, -2), (4, 10, 0), (5, 10, 1), (-4, 10, 0)],
)
def test_halves_go_away_from_zero(numerator: int, denominator: int, expected: int) -> None:
    assert round_half_up(numerator, denominator) == expected


@given(st.integers(-(10**9), 10**9), st.integers(0, 20_000))
def test_a_share_is_what_decimal_arithmetic_says(cents: int, basis_points: int) -> None:
    exact = Decimal(cents) * Decimal(basis_points) / Decimal(10_000)
    expected = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert Rate(basis_points).of_money(Money(cents)).cents == expected


def test_an_hourly_wage_is_rounded_once() -> None:
    assert wage(48 * 60, Money.of("11.50")) == Money.of("552.00")
    assert wage(61, Money.of("11.50")) == Money.of("11.69")
    assert wage(0, Money.of("11.50")) == Money.zero()


@pytest.mark.parametrize(
    ("text", "cents"), [("11.50", 1150), ("11,5", 1150), ("0", 0), ("-3.07", -307), (" 20 ", 2000)]
)
def test_money_is_read_as_it_is_written(text: str, cents: int) -> None:
    assert Money.of(text) == Money(cents)


@pytest.mark.parametrize("text", ["", "1.234", "1 000", "1_0", "NaN", "1e3", "--1", "\u0661"])
def test_what_is_no_amount_is_no_money(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        Money.of(text)


def test_money_is_printed_with_two_decimals() -> None:
    assert Money(55978).plain() == "559.78"
    assert Money(-5).plain() == "-0.05"
    assert Rate(715).plain() == "7.15"


def test_a_span_counts_both_of_its_ends() -> None:
    span = Span(NINTH, TWENTY_SIXTH)
    assert span.contains(NINTH) and span.contains(TWENTY_SIXTH)
    assert not span.contains(TWENTY_SIXTH + timedelta(days=1))
    assert span.length() == 18
    assert Span(NINTH).contains(date(2099, 1, 1))


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Span(TWENTY_SIXTH, NINTH)


def test_spans_overlap_when_they_share_a_day() -> None:
    assert Span(NINTH, TWENTY_SIXTH).overlaps(Span(TWENTY_SIXTH))
    assert not Span(NINTH, TWENTY_SIXTH).overlaps(Span(TWENTY_SIXTH + timedelta(days=1)))


def test_a_span_touches_whole_months_and_weeks() -> None:
    span = Span(date(2026, 12, 28), date(2027, 1, 14))
    assert span.months() == [
        Span(date(2026, 12, 1), date(2026, 12, 31)),
        Span(date(2027, 1, 1), date(2027, 1, 31)),
    ]
    assert [week_number(week.first) for week in span.weeks()] == [53, 1, 2]


def test_february_of_a_leap_year_has_its_day() -> None:
    assert month_of(date(2028, 2, 10)).last == date(2028, 2, 29)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 11, 26), 3) == date(2027, 2, 26)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    independence = date(2026, 12, 8)
    days = working_days(Span(date(2026, 12, 4), date(2026, 12, 9)), {independence})
    assert days == [date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 9)]


def test_pay_moves_to_a_day_on_which_banks_are_open() -> None:
    christmas = {date(2026, 12, day) for day in (24, 25, 26)}
    assert not is_banking_day(date(2026, 12, 25), christmas)
    assert next_banking_day(date(2026, 12, 24), christmas) == date(2026, 12, 28)
    assert previous_banking_day(date(2026, 12, 24), christmas) == date(2026, 12, 23)
    assert next_banking_day(date(2026, 12, 23), christmas) == date(2026, 12, 23)


def test_age_is_in_full_years() -> None:
    assert age_on(date(1991, 5, 15), date(2026, 5, 14)) == 34
    assert age_on(date(1991, 5, 15), date(2026, 5, 15)) == 35


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_a_day_is_inside_its_own_month_and_week(day: date) -> None:
    assert month_of(day).contains(day)
    assert week_of(day).contains(day)
    assert week_of(day).length() == 7
