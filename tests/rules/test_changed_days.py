"""What moving or cancelling a day means for hours, pay and the months that count."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.cohorts.changes.rules import Limits, MonthWorth, PaidDay, consequence, worth
from jobsearch.cohorts.closures.rules import days_of, new_days
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money

WAGE = Money.of("11.50")
LIMITS = Limits(half=Money.of("465"), full=Money.of("930"))
TODAY = date(2026, 11, 24)


def _limits(*months):
    return {date(2026, month, 1): LIMITS for month in months}


@pytest.mark.parametrize(
    ("amount", "counts"),
    [
        ("464.99", MonthWorth.NOTHING),
        ("465.00", MonthWorth.HALF),
        ("929.99", MonthWorth.HALF),
        ("930.00", MonthWorth.FULL),
    ],
)
def test_a_month_counts_from_its_limit_on(amount, counts):
    assert worth(Money.of(amount), LIMITS) is counts


def test_without_a_limit_of_the_day_nothing_is_guessed():
    assert worth(Money.of("2000"), None) is None


def test_a_day_that_moves_over_the_end_of_a_month_takes_its_wage_along():
    before = [PaidDay(date(2026, 11, day), 270) for day in (23, 24, 25, 26, 27)]
    before += [PaidDay(date(2026, 11, day), 270) for day in (16, 17, 18, 19)]
    after = [*before[:-1], PaidDay(date(2026, 12, 7), 270)]
    what = consequence(before, after, WAGE, _limits(11, 12))
    assert what.minutes_before == what.minutes_after == 9 * 270
    assert what.wage_before == what.wage_after
    november, december = what.months
    assert (november.before, november.after) == (Money.of("465.75"), Money.of("414.00"))
    assert (november.worth_before, november.worth_after) == (MonthWorth.HALF, MonthWorth.NOTHING)
    assert november.is_worth_another
    assert (december.before, december.after) == (Money.of("0"), Money.of("51.75"))


def test_a_cancelled_day_lowers_hours_and_wage():
    before = [PaidDay(date(2026, 11, 23), 270), PaidDay(date(2026, 11, 24), 180)]
    what = consequence(before, [PaidDay(date(2026, 11, 23), 0), before[1]], WAGE, {})
    assert (what.minutes_before, what.minutes_after) == (450, 180)
    assert (what.wage_before, what.wage_after) == (Money.of("86.25"), Money.of("34.50"))
    assert [month.worth_after for month in what.months] == [None]


_DAYS = st.lists(
    st.builds(PaidDay, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 600)),
    min_size=1,
    max_size=12,
    unique_by=lambda day: day.on,
)


@given(_DAYS, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.data())
def test_moving_never_changes_the_hours_and_moves_a_wage_between_two_months_at_most(days, to, data):
    at = data.draw(st.integers(0, len(days) - 1))
    after = [PaidDay(to, day.paid_minutes) if n == at else day for n, day in enumerate(days)]
    what = consequence(days, after, WAGE, {})
    assert what.minutes_before == what.minutes_after
    assert len(what.months) in (0, 2)


def test_a_closure_is_its_weekdays_that_are_not_closed_yet():
    span = days_of(date(2026, 12, 4), date(2026, 12, 8), TODAY)
    assert new_days(span, {date(2026, 12, 7)}) == [date(2026, 12, 4), date(2026, 12, 8)]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 23), None, "past"),
        (date(2026, 12, 8), date(2026, 12, 7), "before the first"),
        (date(2026, 12, 1), date(2027, 2, 1), "at most 60"),
        (date(2030, 12, 31), date(2031, 1, 2), "2030"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_in_words(first, last, words):
    with pytest.raises(RuleBroken, match=words):
        days_of(first, last, TODAY)


def test_a_weekend_needs_no_closing():
    with pytest.raises(RuleBroken, match="free already"):
        new_days(days_of(date(2026, 12, 5), date(2026, 12, 6), TODAY), ())
