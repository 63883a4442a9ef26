"""What corrections take back and say anew: sums that always hold, whatever the order."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.payroll.exports.register.rules import incomes_of
from jobsearch.payroll.pay.calculation import PayFacts, compute_payslip, pay_out
from jobsearch.payroll.pay.corrections.anew import SaidAnew, say_anew
from jobsearch.payroll.pay.corrections.rules import (
    DUE,
    Way,
    check_reason,
    differences,
    standing,
    sums,
    take_back,
    which_way,
)
from jobsearch.payroll.pay.lines import Item, LineKind, PayLine, PayslipFigures
from tests.rules.test_pay_calculation import RATES, employer, facts

DAY, LATER = date(2026, 11, 20), date(2026, 12, 18)
EMPLOYER = employer()
minutes = st.integers(0, 100 * 60)
hourly = st.integers(800, 2500).map(Money)
allowance = st.integers(0, 10_000).map(Money)


def paid(**changes: object) -> PayFacts:
    return facts(**{"pays_on": DAY, "bonus": Money.zero()} | changes)


def due(figures: PayslipFigures) -> list[PayLine]:
    return [line for line in figures.lines if line.kind in DUE]


def anew(first: PayslipFigures, right: PayFacts) -> SaidAnew | None:
    target = due(compute_payslip(right, EMPLOYER, RATES))
    return say_anew(
        payment=standing(first.lines),
        due=target,
        change=differences(target, due(first)),
        facts=right,
        settings=EMPLOYER,
        table=RATES,
        keeps_tax=False,
        insured=first.pension_base,
        payslip_id="first",
    )


@given(minutes, minutes, hourly, hourly, allowance, allowance)
@settings(max_examples=60, deadline=None)
def test_what_was_paid_and_its_correction_are_what_should_have_been_paid(
    was, is_, price, right_price, cost, right_cost
) -> None:
    first = compute_payslip(paid(paid_minutes=was, hourly=price, allowance=cost), EMPLOYER, RATES)
    right = paid(paid_minutes=is_, hourly=right_price, allowance=right_cost)
    should = compute_payslip(right, EMPLOYER, RATES)
    correction = anew(first, right)
    if correction is None:
        assert sums(standing(first.lines)) == sums(standing(should.lines))
        return
    together = sums([*first.lines, *correction.figures.lines])
    for item in Item:
        expected = should.of(item)
        assert together.get(item, Money.zero()) == expected, item
    figures = correction.figures
    assert first.gross + figures.gross == should.gross
    assert first.to_account + figures.to_account == should.to_account
    assert first.employer_total + figures.employer_total == should.employer_total
    assert first.pension_base + figures.pension_base == should.pension_base


@given(minutes, st.integers(1, 40 * 60), hourly)
@settings(max_examples=60, deadline=None)
def test_what_is_due_more_differs_by_rounding_alone(was, more, price) -> None:
    first = compute_payslip(paid(paid_minutes=was, hourly=price), EMPLOYER, RATES)
    right = paid(paid_minutes=was + more, hourly=price)
    should = compute_payslip(right, EMPLOYER, RATES)
    target, before = due(should), due(first)
    extra = pay_out(
        [*take_back(before, "first", DAY), *target], replace(right, pays_on=LATER), EMPLOYER, RATES
    )
    assert first.gross + extra.gross == should.gross
    if first.pension_base and extra.pension_base:  # else the month decides what is insured
        for item in (Item.TAX, Item.PENSION_EMPLOYEE, Item.UNEMPLOYMENT_EMPLOYEE):
            assert abs((first.of(item) + extra.of(item) - should.of(item)).cents) <= 1


@given(st.lists(minutes, min_size=2, max_size=5), hourly, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_corrections_end_where_the_last_one_says_whatever_the_order(steps, price, random) -> None:
    def go(order: list[int]) -> dict[Item, Money]:
        lines = list(compute_payslip(paid(hourly=price), EMPLOYER, RATES).lines)
        base = compute_payslip(paid(hourly=price), EMPLOYER, RATES).pension_base
        for count in [*order, 47 * 60]:
            right = paid(paid_minutes=count, hourly=price)
            there = standing(lines)
            target = due(compute_payslip(right, EMPLOYER, RATES))
            before = [line for line in there if line.kind in DUE]
            said = say_anew(
                payment=there, due=target, change=differences(target, before), facts=right,
                settings=EMPLOYER, table=RATES, keeps_tax=False, insured=base, payslip_id="x",
            )  # fmt: skip
            if said is not None:
                lines += said.figures.lines
                base += said.figures.pension_base
        return {item: sum_ for item, sum_ in sums(lines).items() if sum_}

    order = list(steps)
    random.shuffle(order)
    assert go(steps) == go(order)


def test_taken_back_and_standing_cancel_each_other() -> None:
    lines = compute_payslip(paid(), EMPLOYER, RATES).lines
    assert standing([*lines, *take_back(standing(lines), "first", DAY)]) == []
    assert all(line.amount < Money.zero() for line in take_back(standing(lines), "first", DAY))


def test_tax_of_an_earlier_year_stays_as_it_was_withheld() -> None:
    first = compute_payslip(paid(), EMPLOYER, RATES)
    right = paid(paid_minutes=45 * 60)
    target = due(compute_payslip(right, EMPLOYER, RATES))
    said = say_anew(
        payment=standing(first.lines),
        due=target,
        change=differences(target, due(first)),
        facts=right,
        settings=EMPLOYER,
        table=RATES,
        keeps_tax=True,
        insured=first.pension_base,
        payslip_id="first",
    )
    assert said is not None
    assert said.figures.of(Item.TAX) == Money.zero()
    assert said.figures.of(Item.PENSION_EMPLOYEE) < Money.zero()


@pytest.mark.parametrize(
    ("cents", "way"),
    [
        ((5, 0), Way.PAYS_MORE),
        ((0, -5), Way.SAYS_ANEW),
        ((0, 0), Way.SAYS_ANEW),
        ((), Way.SAYS_ANEW),
        ((5, -5), Way.MIXED),
    ],
)
def test_the_way_of_a_correction_follows_what_rises_and_falls(cents, way) -> None:
    assert which_way([Money(one) for one in cents]) is way


@pytest.mark.parametrize(
    ("reason", "match"),
    [("", "Say why"), ("  ", "Say why"), ("x" * 201, "at most"), ("sairasloma", "health")],
)
def test_a_reason_is_short_and_says_nothing_of_health(reason, match) -> None:
    with pytest.raises(RuleBroken, match=match):
        check_reason(reason)


def test_the_register_is_told_no_income_below_zero() -> None:
    first = due(compute_payslip(paid(), EMPLOYER, RATES))
    target = due(compute_payslip(paid(hourly=Money.of("12.00")), EMPLOYER, RATES))
    told = {one.code: one for one in incomes_of([*take_back(first, "first", DAY), *target])}
    assert told["201"].amount == Money.of("24.00")
    assert told["201"].hourly is None
    assert told["353"].amount == Money.zero()
    assert all(one.amount >= Money.zero() for one in told.values())


def test_a_line_that_is_taken_back_keeps_hours_only_where_they_make_its_amount() -> None:
    line = next(line for line in due(compute_payslip(paid(), EMPLOYER, RATES)))
    (back,) = take_back([line], "first", DAY)
    assert (back.minutes, back.hourly) == (-48 * 60, Money.of("11.50"))
    (odd,) = take_back([replace(line, amount=line.amount + Money(1))], "first", DAY)
    assert (odd.minutes, odd.hourly) == (None, None)
    assert back.kind is LineKind.EARNING
