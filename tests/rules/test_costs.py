"""Costs, comparators and what if: sums are exact, and a mixed figure cannot lose its label."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.costs.comparators.rules import (
    Between,
    Figure,
    MixedFigure,
    Own,
    UnlabelledFigure,
    beside,
    check_figure,
    cost_per_placement,
    set_against,
)
from jobsearch.costs.rules import (
    Booked,
    Cost,
    Paid,
    add_up,
    break_even_months,
    cents_of,
    check_line,
    per_extra_placement,
)
from jobsearch.costs.what_if.forms import REACHES
from jobsearch.costs.what_if.rules import (
    Assumed,
    Assumptions,
    basis_points_of,
    calculate,
    changed,
    month_of_benefit,
    sensitivity,
    share_of,
)
from jobsearch.demo.comparators import COACHING, RECRUITING
from jobsearch.programmes.costs.rules import CostKind
from jobsearch.rates.imports import shipped_rates
from jobsearch.rates.rules import RateKey

PILOT = Cost(Money.of("59000"), Money.of("17201"), 20, 11)
OWN = Fraction(59000_00, 20), Fraction(11, 20)
CENTS = st.integers(0, 10_000_000).map(Money)
COHORTS = st.sampled_from(["a", "b", "c"])
BOOKED = st.lists(
    st.builds(Booked, st.none() | COHORTS, st.sampled_from(CostKind), CENTS), max_size=30
)
PAID = st.lists(
    st.builds(Paid, COHORTS, st.just(""), CENTS, CENTS, CENTS, st.integers(1, 6), CENTS),
    max_size=3,
    unique_by=lambda one: one.cohort_id,
)
SHARE = st.integers(0, 10_000).map(share_of)
ASSUMED = st.builds(
    Assumptions,
    group_size=st.integers(1, 12),
    minutes=st.integers(0, 6000),
    hourly=st.integers(100, 3000).map(Money),
    allowance=st.integers(0, 5000).map(Money),
    holiday=st.just(Rate.of("9")),
    bonus=st.integers(0, 50_000).map(Money),
    on_costs=SHARE,
    other=CENTS,
    placement=st.integers(1, 10_000).map(share_of),
    compared=SHARE,
    compared_cost=st.just(Money.zero()),
    displacement=st.integers(0, 9_000).map(share_of),
    benefit=st.integers(1, 200_000).map(Money),
)


def _write(figure: Money | str) -> str:
    return figure.plain() if isinstance(figure, Money) else figure


def _say(message: str, **gaps: str) -> str:
    return message % gaps


def test_the_pilot_cost_2950_euros_a_person_and_5364_a_placement() -> None:
    assert PILOT.per_person == Money.of("2950")
    assert PILOT.per_placement == Money.of("5363.64")
    assert PILOT.wage_share.percents() == "29"


def test_the_comparators_5273_euros_are_printed_as_mixed_or_not_at_all() -> None:
    mixed = cost_per_placement(RECRUITING, COACHING)
    assert isinstance(mixed, MixedFigure)
    said = mixed.printed(_write, _say)
    assert said.startswith("5272.73 (cost of one service, rate of another: Rekrytoiva Satakunta")
    assert "Valmennuspalvelut, Pori, 1–8/2021" in said
    for printing in (str, "{}".format, lambda one: f"{one}", lambda one: one.__html__()):
        with pytest.raises(UnlabelledFigure):
            printing(mixed)
    assert "5272" not in repr(mixed)


@given(st.integers(1, 10**9).map(Money), st.integers(1, 10_000))
def test_a_mixed_figure_never_loses_its_label(amount: Money, basis_points: int) -> None:
    cost = replace(RECRUITING, amount=amount)
    rate = replace(COACHING, percent=Rate(basis_points))
    mixed = cost_per_placement(cost, rate)
    assert isinstance(mixed, MixedFigure)
    assert "cost of one service, rate of another" in mixed.printed(_write, _say)
    assert "cost of one service, rate of another" in json.dumps(mixed.to_json_dict())
    with pytest.raises(UnlabelledFigure):
        mixed.printed(_write, lambda _message, figure, **_gaps: figure)


def test_figures_of_one_service_in_one_period_are_combined_plainly() -> None:
    cost = replace(RECRUITING, service="valmennuspalvelut,  Pori", period="1–8/2021")
    assert cost_per_placement(cost, COACHING) == Money.of("5272.73")
    other_year = replace(cost, period="2020")
    assert isinstance(cost_per_placement(other_year, COACHING), MixedFigure)


def test_a_placement_more_than_the_comparator_and_its_break_even() -> None:
    benefit = shipped_rates().amount(RateKey.GENERAL_BENEFIT_DAY, date(2026, 11, 22))
    month = month_of_benefit(benefit, "sttinfo.fi", date(2026, 11, 22))
    assert month is not None
    a_month = month.a_month
    assert a_month == Money.of("800.02")  # as Kela's own page says it
    assert (month.days, month.source) == (Decimal("21.5"), "sttinfo.fi; kela.fi/peruspaivaraha")
    alone = set_against(*OWN, COACHING, None, a_month)
    assert alone.extra == Money.of("6704.55")
    assert alone.months == "8.4"
    both = set_against(*OWN, COACHING, RECRUITING, a_month)
    assert isinstance(both.extra, MixedFigure)
    assert isinstance(both.months, MixedFigure)
    assert both.extra.printed(_write, _say).startswith("5386.36 (cost of one service")
    assert both.months.printed(_write, _say).startswith("6.7 (cost of one service")
    rate_59 = set_against(OWN[0], Fraction(59, 100), COACHING, RECRUITING, a_month)
    assert isinstance(rate_59.extra, MixedFigure)
    assert rate_59.extra.printed(_write, _say).startswith("4937.50 ")


def test_a_placement_more_is_said_at_the_ends_of_the_interval_too() -> None:
    own = Own(OWN[0], 11, 20)
    alone = beside(own, COACHING, None, None)
    assert alone.extra == Money.of("6704.55")
    assert alone.between == Between(Money.of("4667.72"), Money.of("12715.52"))
    assert alone.between == Between(
        *(cents_of(OWN[0] / (Fraction(end) - Fraction(11, 100))) for end in ("0.742", "0.342"))
    )
    mixed = beside(own, COACHING, RECRUITING, None).between
    assert isinstance(mixed, MixedFigure)
    assert "cost of one service" in mixed.printed(lambda one: one.plain(), _say)
    assert "cost of one service" in json.dumps(mixed.to_json_dict())


def test_a_share_that_may_be_chance_has_no_dearest_placement() -> None:
    few = beside(Own(OWN[0], 2, 11), COACHING, None, None)
    assert few.extra is not None
    assert isinstance(few.between, Between)
    assert few.between.most is None
    none = beside(Own(OWN[0], 0, 20), replace(COACHING, percent=Rate.of("60")), None, None)
    assert (none.extra, none.between) == (None, None)
    assert beside(Own(OWN[0], 0, 20), COACHING, None, None).extra is None


def test_no_days_of_a_month_are_guessed_before_there_is_a_source() -> None:
    assert month_of_benefit(Money(1), "x", date(2020, 12, 31)) is None


def test_no_benefit_of_the_day_is_no_break_even() -> None:
    assert shipped_rates().find(RateKey.GENERAL_BENEFIT_DAY, date(2022, 1, 10)) is None
    assert set_against(*OWN, COACHING, None, None).months is None
    assert break_even_months(Fraction(1), Money.zero()) is None


@given(BOOKED, PAID)
def test_a_cost_is_counted_once_and_nothing_is_lost(booked, paid) -> None:
    spent = add_up(booked, paid)
    everything = Money.total(one.amount for one in booked) + Money.total(p.total for p in paid)
    assert spent.total + spent.set_aside == everything
    assert spent.wages <= spent.total
    with_pay = {one.cohort_id for one in paid}
    twice = [
        one.amount
        for one in booked
        if one.kind in ("wages", "bonuses", "on_costs")
        and (one.cohort_id in with_pay or (one.cohort_id is None and with_pay))
    ]
    assert spent.set_aside == Money.total(twice)


def test_wages_by_hand_are_refused_where_pay_runs_say_them() -> None:
    paid = [Paid("a", payslips=1)]
    for kind, cohort, amount in (
        (CostKind.WAGES, "a", Money(1)),
        (CostKind.ON_COSTS, None, Money(1)),
        (CostKind.OTHER, None, Money(0)),
    ):
        with pytest.raises(RuleBroken):
            check_line(kind, cohort, amount, paid)
    check_line(CostKind.WAGES, "b", Money(1), paid)
    check_line(CostKind.OTHER, "a", Money(-1), paid)


@given(
    st.integers(0, 10**8).map(Fraction), SHARE, st.integers(0, 10**8).map(Fraction), SHARE, CENTS
)
def test_a_placement_more_costs_what_it_says(cost, rate, other_cost, other_rate, benefit) -> None:
    extra = per_extra_placement(cost, rate, other_cost, other_rate)
    assert (extra is None) == (rate <= other_rate)
    if extra is None:
        return
    assert extra * (rate - other_rate) == cost - other_cost
    months = break_even_months(extra, benefit)
    assert (months is None) == (not benefit)
    if months is not None:
        assert abs(Fraction(months) * benefit.cents - max(extra, Fraction(0))) <= Fraction(
            benefit.cents, 20
        )


@pytest.mark.parametrize(
    ("news", "field"),
    [
        ({"caveat": " "}, "caveat"),
        ({"source": "x"}, "source"),
        ({"percent": None}, "found"),
        ({"amount": Money(1)}, "found"),
        ({"found": 3, "of": 2, "percent": None}, "found"),
        ({"found": 0, "of": 0, "percent": None}, "of"),
        ({"found": 1, "percent": None}, "found"),
        ({"percent": Rate(10_001)}, "percent"),
    ],
)
def test_a_comparator_that_cannot_be_judged_is_refused(news, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_figure(replace(COACHING, **news))
    assert broken.value.field == field


def test_k_of_n_brings_its_interval() -> None:
    figure: Figure = replace(COACHING, percent=None, found=11, of=100)
    check_figure(figure)
    assert figure.share == Fraction(11, 100)
    assert figure.rate_95 is not None
    assert figure.rate_95.interval == ("6", "19")
    assert COACHING.rate_95 is None


PILOT_GROUP = Assumptions(
    group_size=5,
    minutes=48 * 60,
    hourly=Money.of("11.50"),
    allowance=Money.of("20"),
    holiday=Rate.of("9"),
    bonus=Money.of("150"),
    on_costs=Fraction(311740, 1408360),
    other=Money.of("10449.75"),
    placement=Fraction(11, 20),
    compared=Fraction(11, 100),
    compared_cost=Money.zero(),
    displacement=Fraction(0),
    benefit=Money.of("800.02"),
)


def test_what_if_with_the_pilots_own_figures_is_the_pilot() -> None:
    result = calculate(PILOT_GROUP)
    assert (result.per_group, result.per_person) == (Money.of("14750"), Money.of("2950"))
    assert result.per_placement == Money.of("5363.64")
    assert result.per_extra == Money.of("6704.55")
    assert (result.months, result.extra) == ("8.4", "2.20")


def test_displacement_takes_its_share_of_what_is_more() -> None:
    half = calculate(changed(PILOT_GROUP, {Assumed.DISPLACEMENT: Fraction(1, 2)}))
    assert half.per_extra == Money.of("13409.09")
    assert half.extra == "1.10"
    everything = calculate(changed(PILOT_GROUP, {Assumed.DISPLACEMENT: Fraction(1)}))
    assert (everything.per_extra, everything.months, everything.extra) == (None, None, "0.00")


RISES = (Assumed.HOURLY, Assumed.BONUS, Assumed.ON_COSTS, Assumed.OTHER)


@given(ASSUMED)
def test_sensitivity_goes_the_way_it_must(assumed: Assumptions) -> None:
    nothing = Money(10**12)
    for one in sensitivity(assumed, None):
        low, high = one.at_low, one.at_high
        extra = low.per_extra or nothing, high.per_extra or nothing
        if one.assumed in RISES:
            assert low.per_person <= high.per_person
            assert extra[0] <= extra[1]
        if one.assumed in (Assumed.COMPARED, Assumed.DISPLACEMENT):
            assert low.per_person == high.per_person
            assert extra[0] <= extra[1]
        if one.assumed in (Assumed.PLACEMENT, Assumed.GROUP_SIZE):
            assert extra[0] >= extra[1]
        if one.assumed is Assumed.GROUP_SIZE:
            assert low.per_person >= high.per_person
        if one.assumed is Assumed.BENEFIT and low.months is not None:
            assert Fraction(low.months) >= Fraction(high.months)


def test_a_measured_share_swings_over_its_interval() -> None:
    swings = {one.assumed: one for one in sensitivity(PILOT_GROUP, (11, 20))}
    placement = swings[Assumed.PLACEMENT]
    assert (placement.low, placement.high) == (Fraction("0.342"), Fraction("0.742"))
    assert set(swings) == set(Assumed) - {Assumed.COMPARED_COST}
    assert (swings[Assumed.GROUP_SIZE].low, swings[Assumed.GROUP_SIZE].high) == (4, 6)


@given(st.integers(0, 10_000))
def test_a_share_is_said_in_two_decimals_and_read_back(basis_points: int) -> None:
    assert basis_points_of(share_of(basis_points)) == basis_points


def test_every_assumption_has_a_slider() -> None:
    assert set(REACHES) == set(Assumed)
