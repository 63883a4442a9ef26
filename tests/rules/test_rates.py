"""Dated rates: picked by day, never guessed, and gaps that stay gaps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.rates.employer import (
    AllowanceTreatment,
    EmployerSettings,
    check_settings,
)
from jobsearch.rates.imports import shipped_rates
from jobsearch.rates.rules import (
    CONFIDENCE_WORDS,
    RATE_NAMES,
    Confidence,
    RateKey,
    RateRow,
    Unit,
    check_no_overlap,
    gaps,
    pension_employee_key,
)

RATES = shipped_rates()


def test_every_rate_of_the_file_is_known_and_named() -> None:
    assert {row.key for row in RATES.rows} == set(RateKey) == set(RATE_NAMES)
    assert set(CONFIDENCE_WORDS) == set(Confidence)
    assert len(RATES.rows) == 64


def test_shipped_rates_do_not_overlap() -> None:
    check_no_overlap(RATES.rows)


def test_two_values_for_one_day_are_refused() -> None:
    row = RATES.on(RateKey.UI_EMPLOYEE, date(2026, 6, 1))
    late = RateRow(row.key, row.unit, 99, Span(date(2026, 12, 31)), "letter", Confidence.M)
    with pytest.raises(RuleBroken, match="already has a value for 2026-12-31"):
        check_no_overlap([*RATES.rows, late])


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        (RateKey.UI_EMPLOYEE, date(2025, 12, 31), Rate.of("0.59")),
        (RateKey.UI_EMPLOYEE, date(2026, 1, 1), Rate.of("0.89")),
        (RateKey.HEALTH_EMPLOYER, date(2026, 12, 31), Rate.of("1.91")),
        (RateKey.TYEL_MIN_MONTH, date(2026, 11, 20), Money.of("71.72")),
        (RateKey.TAX_NO_CARD, date(2035, 1, 1), Rate.of("60")),
        (RateKey.HOLIDAY_COMP_1Y_OR_MORE, date(2026, 1, 1), Rate.of("11.5")),
    ],
)
def test_a_rate_is_picked_by_the_day_of_payment(
    key: RateKey, day: date, value: Rate | Money
) -> None:
    assert RATES.on(key, day).figure == value


def test_a_missing_rate_is_named_with_its_day_and_never_guessed() -> None:
    with pytest.raises(RuleBroken, match=r"health insurance contribution.*2027-01-15"):
        RATES.percent(RateKey.HEALTH_EMPLOYER, date(2027, 1, 15))


def test_gaps_stay_gaps() -> None:
    until = date(2027, 12, 31)
    assert gaps(RATES.rows, RateKey.TYEL_MIN_MONTH, until) == [
        Span(date(2023, 1, 1), date(2023, 12, 31)),
        Span(date(2027, 1, 1), until),
    ]
    assert gaps(RATES.rows, RateKey.TAX_NO_CARD, until) == []
    assert gaps(RATES.rows, RateKey.TYEL_EMPLOYEE_53_62, until) == []
    assert gaps(RATES.rows, RateKey.TYEL_EMPLOYEE_ALL_AGES, until) == [
        Span(date(2027, 1, 1), until)
    ]
    assert gaps(RATES.rows, RateKey.TYOSSAOLOEHTO_FULL_MONTH, until) == []


@given(st.sampled_from(RateKey), st.dates(date(2021, 1, 1), date(2027, 12, 31)))
def test_a_day_has_a_rate_or_is_in_a_gap(key: RateKey, day: date) -> None:
    missing = any(gap.contains(day) for gap in gaps(RATES.rows, key, date(2027, 12, 31)))
    if missing:
        assert RATES.find(key, day) is None
    elif key not in (
        RateKey.TYEL_EMPLOYEE_ALL_AGES,
        RateKey.TYEL_EMPLOYEE_53_62,
        RateKey.TYEL_EMPLOYEE_UNDER53_AND_63PLUS,
        RateKey.TYOSSAOLOEHTO_FULL_MONTH,
        RateKey.TYOSSAOLOEHTO_HALF_MONTH,
        RateKey.GENERAL_BENEFIT_DAY,
    ):
        assert RATES.find(key, day) is not None


def test_the_raised_pension_rate_ends_with_2025() -> None:
    new_year = date(2026, 1, 1)
    assert pension_employee_key(True, new_year - timedelta(days=1)) is RateKey.TYEL_EMPLOYEE_53_62
    assert pension_employee_key(True, new_year) is RateKey.TYEL_EMPLOYEE_ALL_AGES


def test_a_unit_says_what_a_value_is() -> None:
    assert {row.unit for row in RATES.rows} == set(Unit)


def test_a_reimbursement_names_its_cost() -> None:
    settings = EmployerSettings(
        2026,
        Rate.of("24.85"),
        Rate.of("0.70"),
        Rate.of("0.06"),
        allowance_treatment=AllowanceTreatment.REIMBURSEMENT,
    )
    with pytest.raises(RuleBroken, match="which cost") as broken:
        check_settings(settings)
    assert broken.value.field == "allowance_basis"


@pytest.mark.parametrize("percent", ["-0.01", "100.01"])
def test_an_employers_percentage_is_between_0_and_100(percent: str) -> None:
    settings = EmployerSettings(2026, Rate.of(percent), Rate(0), Rate(0))
    with pytest.raises(RuleBroken) as broken:
        check_settings(settings)
    assert broken.value.field == "tyel_total"
