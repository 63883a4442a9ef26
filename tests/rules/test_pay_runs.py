"""Pay runs: states over every pair, four eyes, banking days, ages and what a clerk must see."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.rules import (
    TaxCardKind,
    TaxCardTerms,
    card_days,
    card_on,
    check_employment,
    check_tax_card,
    is_year_or_more,
)
from jobsearch.payroll.pay.ages import Insurance, in_raised_pension_band, is_insured
from jobsearch.payroll.pay.exceptions import Concern, PersonInRun, find_exceptions
from jobsearch.payroll.pay.rules import (
    MonthCounts,
    RunState,
    check_approver,
    check_pay_date,
    check_step,
    months_count,
)
from jobsearch.payroll.pay.sentences import Minutes, Sentence
from jobsearch.rates.imports import shipped_rates

ALLOWED = {
    ("draft", "computed"),
    ("computed", "computed"),
    ("computed", "reviewed"),
    ("reviewed", "computed"),
    ("reviewed", "approved"),
    ("approved", "paid"),
    ("paid", "reported"),
    ("approved", "handed_over"),
}


@pytest.mark.parametrize(("now", "then"), list(product(RunState, RunState)))
def test_a_run_takes_only_the_steps_of_the_table(now: RunState, then: RunState) -> None:
    if (now.value, then.value) in ALLOWED:
        check_step(now, then)
    else:
        with pytest.raises(RuleBroken):
            check_step(now, then)


def test_who_made_a_run_does_not_approve_it() -> None:
    check_approver("paula", "aino")
    with pytest.raises(RuleBroken, match="Another person"):
        check_approver("paula", "paula")


def test_pay_is_not_dated_on_a_day_when_banks_are_closed() -> None:
    independence = date(2027, 12, 6)
    with pytest.raises(RuleBroken, match="next banking day is 2027-12-07"):
        check_pay_date(independence, {independence})
    with pytest.raises(RuleBroken, match="next banking day is 2026-11-23"):
        check_pay_date(date(2026, 11, 21), set())
    check_pay_date(date(2026, 11, 20), set())


def test_a_month_counts_by_the_euros_paid_in_it() -> None:
    paid = [(date(2026, 10, 30), Money.of("138")), (date(2026, 11, 30), Money.of("414"))]
    split = months_count(paid, shipped_rates())
    assert [month.counts for month in split] == [MonthCounts.NOT, MonthCounts.NOT]
    once = months_count([(date(2026, 11, 30), Money.of("552"))], shipped_rates())
    assert [month.counts for month in once] == [MonthCounts.HALF]


@pytest.mark.parametrize(
    ("paid", "counts"),
    [
        ("464.99", MonthCounts.NOT),
        ("465.00", MonthCounts.HALF),
        ("929.99", MonthCounts.HALF),
        ("930.00", MonthCounts.FULL),
    ],
)
def test_the_limits_of_a_month_are_inclusive(paid: str, counts: MonthCounts) -> None:
    (month,) = months_count([(date(2026, 11, 30), Money.of(paid))], shipped_rates())
    assert month.counts is counts


def test_before_the_euro_rule_no_month_is_judged() -> None:
    assert months_count([(date(2021, 11, 30), Money.of("552"))], shipped_rates()) == []


@pytest.mark.parametrize(
    ("insurance", "born", "day", "insured"),
    [
        (Insurance.PENSION, date(2009, 11, 21), date(2026, 11, 30), False),
        (Insurance.PENSION, date(2009, 11, 21), date(2026, 12, 1), True),
        (Insurance.PENSION, date(1957, 11, 21), date(2025, 11, 30), True),
        (Insurance.PENSION, date(1957, 11, 21), date(2025, 12, 1), False),
        (Insurance.PENSION, date(1958, 1, 1), date(2026, 12, 1), True),
        (Insurance.UNEMPLOYMENT, date(2008, 11, 2), date(2026, 11, 30), False),
        (Insurance.UNEMPLOYMENT, date(2004, 11, 2), date(2021, 12, 1), True),
        (Insurance.UNEMPLOYMENT, date(1961, 11, 2), date(2026, 11, 30), True),
        (Insurance.UNEMPLOYMENT, date(1961, 11, 2), date(2026, 12, 1), False),
        (Insurance.HEALTH, date(1958, 11, 2), date(2026, 12, 1), False),
        (Insurance.HEALTH, date(1958, 12, 2), date(2026, 12, 31), True),
    ],
)
def test_wages_are_insured_by_age_in_whole_months(
    insurance: Insurance, born: date, day: date, insured: bool
) -> None:
    assert is_insured(insurance, born, day) is insured


def test_unknown_age_limits_stop_the_computing() -> None:
    with pytest.raises(RuleBroken, match="age limits"):
        is_insured(Insurance.UNEMPLOYMENT, date(1970, 1, 1), date(2030, 1, 1))


def test_the_raised_band_runs_from_the_month_after_53_to_the_month_of_63() -> None:
    born = date(1970, 3, 10)
    assert not in_raised_pension_band(born, date(2023, 3, 31))
    assert in_raised_pension_band(born, date(2023, 4, 1))
    assert in_raised_pension_band(born, date(2033, 3, 31))
    assert not in_raised_pension_band(born, date(2033, 4, 1))


def card(year: int, month: int = 1, kind: TaxCardKind = TaxCardKind.WAGE) -> TaxCardTerms:
    return TaxCardTerms(kind, Rate.of("12"), Rate.of("40"), None, date(year, month, 1))


def test_a_card_holds_to_the_end_of_its_year_and_until_2023_through_january() -> None:
    assert card_days(card(2026)).last == date(2026, 12, 31)
    assert card_days(card(2023, 2)).last == date(2024, 1, 31)
    assert card_days(card(2024, 2)).last == date(2024, 12, 31)


def test_the_newest_wage_card_of_the_day_is_used() -> None:
    cards = [card(2026), card(2026, 6), card(2026, 8, TaxCardKind.BENEFIT), card(2025)]
    assert card_on(cards, date(2026, 5, 31)) == card(2026)
    assert card_on(cards, date(2026, 11, 20)) == card(2026, 6)
    assert card_on(cards, date(2027, 1, 20)) is None


@pytest.mark.parametrize("field", ["base", "additional"])
def test_a_tax_rate_over_100_is_refused(field: str) -> None:
    terms = {"base": Rate.of("10"), "additional": Rate.of("10"), field: Rate.of("100.01")}
    made = TaxCardTerms(
        TaxCardKind.WAGE, terms["base"], terms["additional"], None, date(2026, 1, 1)
    )
    with pytest.raises(RuleBroken, match="between 0 and 100") as broken:
        check_tax_card(made)
    assert broken.value.field == field


def test_a_contract_names_its_end_pay_hours_and_ground() -> None:
    term, hourly = Span(date(2026, 11, 9), date(2026, 11, 26)), Money.of("11.50")
    check_employment(term, hourly, 48 * 60, "Unemployed for a year (1:3a)")
    for changed, field in (
        ((Span(date(2026, 11, 9)), hourly, 2880, "ground"), "ends_on"),
        ((term, Money.zero(), 2880, "ground"), "hourly"),
        ((term, hourly, 0, "ground"), "agreed"),
        ((term, hourly, 2880, " "), "ground"),
    ):
        with pytest.raises(RuleBroken) as broken:
            check_employment(*changed)
        assert broken.value.field == field


def test_a_year_of_employment_is_counted_in_days() -> None:
    assert not is_year_or_more(date(2026, 1, 1), date(2026, 12, 31))
    assert is_year_or_more(date(2026, 1, 1), date(2027, 1, 1))


def person(**changes: object) -> PersonInRun:
    facts = {
        "person_id": "pia",
        "agreed_minutes": 2880,
        "paid_minutes": 2880,
        "unsettled_days": 0,
        "has_card": True,
        "has_account": True,
    } | changes
    return PersonInRun(**facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "concern", "blocks"),
    [
        ({"unsettled_days": 1}, Concern.HOURS_MISSING, True),
        ({"unapproved_days": 1}, Concern.HOURS_NOT_APPROVED, True),
        ({"has_identity": False}, Concern.IDENTITY_MISSING, True),
        ({"is_paid_elsewhere": True}, Concern.PAID_ELSEWHERE, False),
        ({"has_card": False}, Concern.TAX_CARD_MISSING, False),
        ({"has_account": False}, Concern.ACCOUNT_MISSING, False),
        ({"paid_minutes": 2881}, Concern.UNUSUAL_AMOUNT, False),
    ],
)
def test_each_concern_is_found(changes: dict[str, object], concern: Concern, blocks: bool) -> None:
    (found,) = find_exceptions([person(**changes)])
    assert (found.concern, found.blocks, found.person_id) == (concern, blocks, "pia")


def test_what_stops_a_run_comes_first() -> None:
    missing = Sentence.of("A rate is missing.")
    found = find_exceptions([person(has_card=False), person(unsettled_days=2)], [missing])
    assert [exception.concern for exception in found] == [
        Concern.RATE_MISSING,
        Concern.HOURS_MISSING,
        Concern.TAX_CARD_MISSING,
    ]


def test_a_run_without_concerns_says_nothing() -> None:
    assert find_exceptions([person()]) == []


gap = st.one_of(
    st.integers(0, 10**7).map(Money),
    st.integers(0, 10_000).map(Rate),
    st.integers(0, 10_000).map(Minutes),
    st.dates(),
    st.integers(),
    st.text(),
)


@given(st.dictionaries(st.text(min_size=1), gap, max_size=4))
def test_a_sentence_survives_being_kept_as_json(gaps: dict[str, object]) -> None:
    sentence = Sentence("Text.", gaps)  # type: ignore[arg-type]
    assert Sentence.from_json("Text.", sentence.gaps_as_json()) == sentence
