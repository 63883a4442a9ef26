"""Payslips to the cent: every vector of `finland/law.md` section 13, and what always holds."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.payroll.contracts.rules import TaxCardKind, TaxCardTerms
from jobsearch.payroll.pay.calculation import PayFacts, compute_payslip
from jobsearch.payroll.pay.insurance import MonthSoFar
from jobsearch.payroll.pay.lines import Item, LineKind, PayslipFigures
from jobsearch.rates.employer import AllowanceTreatment, EmployerSettings, TyelForm
from jobsearch.rates.imports import shipped_rates

RATES = shipped_rates()
CONTRACT_TOTALS = {2021: "24.80", 2025: "25.28", 2026: "24.85"}
AVERAGES = {2021: "16.95", 2024: "17.34", 2025: "17.38", 2026: "17.10"}
CARD = TaxCardTerms(
    TaxCardKind.WAGE, Rate.of("20"), Rate.of("42"), Money.of("20000"), date(2026, 1, 1)
)


def employer(year: int = 2026, **changes: object) -> EmployerSettings:
    """The demo employer's settings of `house/decisions.md`, in a year with a contract total."""
    made = EmployerSettings(
        year=year,
        tyel_total=Rate.of(CONTRACT_TOTALS.get(year, "0")),
        accident=Rate.of("0.70"),
        group_life=Rate.of("0.06"),
        allowance_treatment=AllowanceTreatment.REIMBURSEMENT,
        allowance_basis="own phone, share of work",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def facts(**changes: object) -> PayFacts:
    """The worked example: 48 h at 11.50, 20 for the phone, bonus 150, aged 35, card of 20 %."""
    made = PayFacts(
        pays_on=date(2026, 11, 20),
        born_on=date(1991, 5, 15),
        paid_minutes=48 * 60,
        hourly=Money.of("11.50"),
        allowance=Money.of("20"),
        bonus=Money.of("150"),
        card=CARD,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def cents(figures: PayslipFigures, *items: Item) -> list[str]:
    return [figures.of(item).plain() for item in items]


def test_the_worked_example_comes_out_to_the_cent() -> None:
    slip = compute_payslip(facts(), employer(), RATES)
    assert [(line.code, line.amount.plain()) for line in slip.lines] == [
        ("201", "552.00"),
        ("203", "150.00"),
        ("234", "49.68"),
        ("402", "150.34"),
        ("413", "54.87"),
        ("414", "6.69"),
        ("353", "20.00"),
        ("", "131.92"),
        ("", "2.33"),
        ("102", "14.36"),
        ("", "5.26"),
        ("", "0.45"),
    ]
    assert slip.gross == Money.of("751.68")
    assert slip.net == Money.of("539.78")
    assert slip.to_account == Money.of("559.78")
    assert slip.employer_total == Money.of("926.00")


def test_other_forms_of_pension_insurance_of_the_employer() -> None:
    average = employer(tyel_form=TyelForm.AVERAGE, tyel_total=Rate.of("17.10"))
    temporary = employer(tyel_total=Rate.of("25.85"))
    for settings_of_year, expected in ((average, "128.54"), (temporary, "139.44")):
        slip = compute_payslip(facts(), settings_of_year, RATES)
        assert slip.of(Item.PENSION_EMPLOYER).plain() == expected


VARIANTS = {
    "B1 wages first": (
        {"bonus": Money.zero()},
        {},
        ["120.34", "43.92", "5.35", "105.60", "1.87", "11.49"],
        ("432.07", "452.07"),
    ),
    "B2 bonus later": (
        {"paid_minutes": 0, "allowance": Money.zero()},
        {},
        ["30.00", "10.95", "1.34", "26.33", "0.47", "2.87"],
        ("107.71", "107.71"),
    ),
    "C allowance as wage": (
        {},
        {"allowance_treatment": AllowanceTreatment.WAGE},
        ["154.34", "56.33", "6.87", "135.43", "2.39", "14.74"],
        ("554.14", "554.14"),
    ),
}
SIX = (
    Item.TAX,
    Item.PENSION_EMPLOYEE,
    Item.UNEMPLOYMENT_EMPLOYEE,
    Item.PENSION_EMPLOYER,
    Item.UNEMPLOYMENT_EMPLOYER,
    Item.HEALTH_EMPLOYER,
)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_variants_come_out_to_the_cent(variant: str) -> None:
    fact_changes, setting_changes, lines, (net, to_account) = VARIANTS[variant]
    slip = compute_payslip(facts(**fact_changes), employer(**setting_changes), RATES)
    assert cents(slip, *SIX) == lines
    assert (slip.net.plain(), slip.to_account.plain()) == (net, to_account)


def test_a_payment_that_straddles_the_ceiling_is_split() -> None:
    near = facts(paid_on_card=Money.of("19500"))
    slip = compute_payslip(near, employer(), RATES)
    taxes = [line for line in slip.lines if line.item is Item.TAX]
    assert [line.amount.plain() for line in taxes] == ["100.00", "105.71"]
    assert slip.of(Item.TAX).plain() == "205.71"


def test_above_the_ceiling_only_the_additional_percentage_is_withheld() -> None:
    over = facts(paid_on_card=Money.of("25000"))
    slip = compute_payslip(over, employer(), RATES)
    assert [line.rate for line in slip.lines if line.item is Item.TAX] == [Rate.of("42")]
    assert slip.of(Item.TAX) == Rate.of("42").of_money(Money.of("751.68"))


def test_without_a_tax_card_sixty_per_cent_is_withheld() -> None:
    slip = compute_payslip(facts(card=None), employer(), RATES)
    assert slip.of(Item.TAX).plain() == "451.01"


def test_a_benefit_card_is_refused_for_wages() -> None:
    card = replace(CARD, kind=TaxCardKind.BENEFIT)
    with pytest.raises(RuleBroken, match="made for benefits"):
        compute_payslip(facts(card=card), employer(), RATES)


def test_a_card_of_another_year_is_refused() -> None:
    card = replace(CARD, valid_from=date(2025, 1, 1))
    with pytest.raises(RuleBroken, match="not in force"):
        compute_payslip(facts(card=card), employer(), RATES)


# year, born, TyEL, UI, net, employer's health, UI, TyEL by contract, TyEL by the average
TABLE = [
    (2021, 35, "43.02", "8.42", "429.90", "9.21", "3.01", "106.20", "101.98"),
    (2021, 55, "52.05", "8.42", "420.87", "9.21", "3.01", "97.17", "101.98"),
    (2024, 35, "43.02", "4.75", "433.57", "6.98", "1.62", None, "104.33"),
    (2024, 55, "52.05", "4.75", "424.54", "6.98", "1.62", None, "104.33"),
    (2025, 35, "43.02", "3.55", "434.77", "11.25", "1.20", "109.08", "104.57"),
    (2025, 55, "52.05", "3.55", "425.74", "11.25", "1.20", "100.05", "104.57"),
    (2026, 35, "43.92", "5.35", "432.07", "11.49", "1.87", "105.60", "102.89"),
    (2026, 55, "43.92", "5.35", "432.07", "11.49", "1.87", "105.60", "102.89"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_table_of_years_and_ages_comes_out_to_the_cent(
    row: tuple[str | int | None, ...],
) -> None:
    year, age, pension, unemployment, net, health, ui, by_contract, by_average = row
    assert isinstance(year, int) and isinstance(age, int)
    paid = facts(
        pays_on=date(year, 11, 20),
        born_on=date(year - age, 5, 15),
        bonus=Money.zero(),
        card=replace(CARD, valid_from=date(year, 2, 1)),
    )
    average = employer(year, tyel_form=TyelForm.AVERAGE, tyel_total=Rate.of(AVERAGES[year]))
    slip = compute_payslip(paid, average, RATES)
    assert cents(slip, Item.TAX, Item.PENSION_EMPLOYEE, Item.UNEMPLOYMENT_EMPLOYEE) == [
        "120.34",
        pension,
        unemployment,
    ]
    assert slip.net.plain() == net
    assert slip.to_account == slip.net + Money.of("20")
    employers = (Item.HEALTH_EMPLOYER, Item.UNEMPLOYMENT_EMPLOYER, Item.PENSION_EMPLOYER)
    assert cents(slip, *employers) == [health, ui, by_average]
    if by_contract is not None:
        contract = compute_payslip(paid, employer(year), RATES)
        assert contract.of(Item.PENSION_EMPLOYER).plain() == by_contract


def test_a_bonus_is_not_in_the_holiday_base() -> None:
    slip = compute_payslip(facts(), employer(), RATES)
    assert slip.of(Item.HOLIDAY_COMPENSATION).plain() == "49.68"


def test_a_bonus_is_in_the_holiday_base_where_the_employer_says_so() -> None:
    slip = compute_payslip(facts(), employer(bonus_in_holiday_base=True), RATES)
    assert slip.of(Item.HOLIDAY_COMPENSATION).plain() == "63.18"


def test_a_year_of_employment_raises_holiday_compensation() -> None:
    slip = compute_payslip(facts(employed_a_year=True), employer(), RATES)
    assert slip.of(Item.HOLIDAY_COMPENSATION).plain() == "63.48"


@pytest.mark.parametrize(
    ("day", "named"),
    [
        (date(2027, 1, 15), "earnings from which pension insurance is due"),
        (date(2023, 5, 15), "earnings from which pension insurance is due"),
    ],
)
def test_a_missing_rate_stops_the_computing_and_is_named(day: date, named: str) -> None:
    paid = facts(pays_on=day, card=None)
    with pytest.raises(RuleBroken, match=named) as broken:
        compute_payslip(paid, employer(day.year), RATES)
    assert broken.value.field == "pays_on"


def test_settings_of_another_year_are_not_used() -> None:
    with pytest.raises(RuleBroken, match="percentages for 2026 are missing"):
        compute_payslip(facts(), employer(2025), RATES)


@pytest.mark.parametrize("field", ["paid_minutes", "hourly", "allowance", "bonus"])
def test_nothing_below_zero_is_computed(field: str) -> None:
    value = -1 if field == "paid_minutes" else Money(-1)
    with pytest.raises(RuleBroken, match="not below zero") as broken:
        compute_payslip(facts(**{field: value}), employer(), RATES)
    assert broken.value.field == field


def test_below_the_monthly_minimum_no_pension_contribution_is_due() -> None:
    small = facts(paid_minutes=300, bonus=Money.zero())  # 57.50 + 5.18 = 62.68 < 71.72
    slip = compute_payslip(small, employer(), RATES)
    assert cents(slip, Item.PENSION_EMPLOYEE, Item.PENSION_EMPLOYER) == ["0.00", "0.00"]
    assert slip.of(Item.UNEMPLOYMENT_EMPLOYEE) > Money.zero()
    assert slip.pension_base == Money.zero()


def test_the_minimum_looks_at_all_payments_of_the_month() -> None:
    earlier = MonthSoFar(gross=Money.of("62.68"), insured=Money.zero())
    small = facts(paid_minutes=300, bonus=Money.zero(), month=earlier)
    slip = compute_payslip(small, employer(), RATES)
    assert slip.pension_base == Money.of("125.36")
    assert slip.of(Item.PENSION_EMPLOYEE) == Rate.of("7.30").of_money(Money.of("125.36"))


def test_what_was_insured_earlier_in_the_month_is_not_insured_again() -> None:
    earlier = MonthSoFar(gross=Money.of("601.68"), insured=Money.of("601.68"))
    bonus = facts(paid_minutes=0, allowance=Money.zero(), month=earlier)
    assert compute_payslip(bonus, employer(), RATES).pension_base == Money.of("150")


def test_a_payment_in_two_parts_differs_by_at_most_the_rounding() -> None:
    whole = compute_payslip(facts(), employer(), RATES)
    first = compute_payslip(facts(bonus=Money.zero()), employer(), RATES)
    second = compute_payslip(facts(paid_minutes=0, allowance=Money.zero()), employer(), RATES)
    assert first.to_account + second.to_account == whole.to_account
    for item in SIX:
        parts = first.of(item) + second.of(item)
        assert abs(parts.cents - whole.of(item).cents) <= 1


@st.composite
def any_facts(draw: st.DrawFn) -> PayFacts:
    ceiling = draw(st.none() | st.integers(0, 3_000_000).map(Money))
    card = TaxCardTerms(
        TaxCardKind.WAGE,
        Rate(draw(st.integers(0, 10_000))),
        Rate(draw(st.integers(0, 10_000))),
        ceiling,
        date(2026, 1, 1),
    )
    gross = draw(st.integers(0, 200_000))
    return PayFacts(
        pays_on=draw(st.dates(date(2026, 1, 1), date(2026, 12, 31))),
        born_on=draw(st.dates(date(1945, 1, 1), date(2010, 12, 31))),
        paid_minutes=draw(st.integers(0, 20_000)),
        hourly=Money(draw(st.integers(0, 20_000))),
        allowance=Money(draw(st.integers(0, 20_000))),
        bonus=Money(draw(st.integers(0, 50_000))),
        employed_a_year=draw(st.booleans()),
        card=draw(st.sampled_from([None, card])),
        paid_on_card=Money(draw(st.integers(0, 3_000_000))),
        month=MonthSoFar(Money(gross), Money(draw(st.integers(0, gross)))),
    )


any_settings = st.builds(
    employer,
    st.just(2026),
    allowance_treatment=st.sampled_from(AllowanceTreatment),
    tyel_form=st.sampled_from(TyelForm),
    bonus_in_holiday_base=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(any_facts(), any_settings)
def test_sums_are_sums_of_lines_and_nothing_is_below_zero(
    paid: PayFacts, employer_settings: EmployerSettings
) -> None:
    slip = compute_payslip(paid, employer_settings, RATES)
    by_kind = {
        kind: Money.total(line.amount for line in slip.lines if line.kind is kind)
        for kind in LineKind
    }
    assert slip.gross == by_kind[LineKind.EARNING]
    assert slip.deductions == by_kind[LineKind.DEDUCTION]
    assert slip.net + slip.deductions == slip.gross
    assert slip.to_account == slip.net + by_kind[LineKind.REIMBURSEMENT]
    assert slip.employer_total == (slip.gross + slip.reimbursements + by_kind[LineKind.EMPLOYER])
    assert all(line.amount >= Money.zero() for line in slip.lines)
    assert slip.net >= Money.zero()


@settings(max_examples=100, deadline=None)
@given(any_facts())
def test_every_line_says_how_it_came_about(paid: PayFacts) -> None:
    for line in compute_payslip(paid, employer(), RATES).lines:
        said = line.explanation.say(str, str)
        assert said.endswith(".") and "%(" not in said


@settings(max_examples=100, deadline=None)
@given(any_facts(), st.integers(0, 3_000_000))
def test_the_ceiling_never_loses_a_cent_of_the_base(paid: PayFacts, ceiling: int) -> None:
    card = replace(CARD, ceiling=Money(ceiling))
    slip = compute_payslip(replace(paid, card=card), employer(), RATES)
    bases = [line.base for line in slip.lines if line.item is Item.TAX and line.base is not None]
    assert Money.total(bases) == slip.gross


@settings(max_examples=60, deadline=None)
@given(st.lists(any_facts(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_in_which_people_are_computed(
    people: list[PayFacts], order: Random
) -> None:
    straight = [compute_payslip(paid, employer(), RATES) for paid in people]
    places = list(range(len(people)))
    order.shuffle(places)
    shuffled = {at: compute_payslip(people[at], employer(), RATES) for at in places}
    assert [shuffled[at] for at in range(len(people))] == straight
    for item in Item:
        assert Money.total(slip.of(item) for slip in straight) == Money.total(
            slip.of(item) for slip in shuffled.values()
        )


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 6000),
    st.integers(0, 6000),
    st.integers(0, 60_000),
    st.integers(500, 5000),
    st.none() | st.integers(0, 300_000),
)
def test_a_run_split_in_two_differs_by_at_most_the_rounding_of_each_line(
    early: int, late: int, bonus: int, hourly: int, ceiling: int | None
) -> None:
    card = replace(CARD, ceiling=None if ceiling is None else Money(ceiling))
    same = {"card": card, "hourly": Money(hourly)}
    whole = compute_payslip(
        facts(paid_minutes=early + late, bonus=Money(bonus), **same), employer(), RATES
    )
    first = compute_payslip(
        facts(paid_minutes=early, bonus=Money.zero(), allowance=Money.zero(), **same),
        employer(),
        RATES,
    )
    second = compute_payslip(
        facts(
            paid_minutes=late,
            bonus=Money(bonus),
            paid_on_card=first.gross,
            month=MonthSoFar(first.gross, first.pension_base),
            **same,
        ),
        employer(),
        RATES,
    )
    assert first.of(Item.BONUS) + second.of(Item.BONUS) == whole.of(Item.BONUS)
    for item in Item:
        lines = max(1, sum(line.item is item for slip in (first, second) for line in slip.lines))
        apart = first.of(item) + second.of(item) - whole.of(item)
        # a cent for each line that is rounded, and one for the base that was rounded before
        assert abs(apart.cents) <= lines + 1, item
    assert first.pension_base + second.pension_base - whole.pension_base in (
        Money(-2), Money(-1), Money(0), Money(1), Money(2),
    )  # fmt: skip


def test_the_income_types_are_those_of_the_worked_example() -> None:
    told = {
        line.code: line.amount.plain()
        for line in compute_payslip(facts(), employer(), RATES).lines
        if line.code
    }
    assert told == {
        "201": "552.00",
        "203": "150.00",
        "234": "49.68",
        "353": "20.00",
        "402": "150.34",
        "413": "54.87",
        "414": "6.69",
        "102": "14.36",
    }
