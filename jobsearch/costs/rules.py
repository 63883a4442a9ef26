"""What a programme cost in all and by the head; every sum is whole cents, rounded once; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, round_half_up
from jobsearch.core.ratios import FEW, SHARE_DECIMALS, Ratio, decimal_text
from jobsearch.core.text import mark as N_
from jobsearch.programmes.costs.rules import WAGE_KINDS, CostKind

MONTH_DECIMALS = 1
FEWEST_PAID = FEW
"""Pay of fewer people at a time is shown to nobody who may not see pay."""


@dataclass(frozen=True, slots=True)
class Booked:
    """Euros of one kind in so many lines of the books, of a cohort or (None) of the programme."""

    cohort_id: str | None
    kind: CostKind
    amount: Money
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Paid:
    """What the paid payslips of one cohort cost the employer, and what is computed and not paid.

    `wages` are gross pay and reimbursements without bonuses; `waiting` is of runs not paid yet.
    """

    cohort_id: str
    cohort: str = ""
    wages: Money = field(default_factory=Money.zero)
    bonuses: Money = field(default_factory=Money.zero)
    on_costs: Money = field(default_factory=Money.zero)
    payslips: int = 0
    waiting: Money = field(default_factory=Money.zero)
    waiting_payslips: int = 0

    @property
    def total(self) -> Money:
        """What the paid payslips cost in all."""
        return self.wages + self.bonuses + self.on_costs

    def by_kind(self) -> Mapping[CostKind, Money]:
        """The same by kind of cost."""
        return {
            CostKind.WAGES: self.wages,
            CostKind.BONUSES: self.bonuses,
            CostKind.ON_COSTS: self.on_costs,
        }


def is_set_aside(line: Booked, paid: Iterable[Paid]) -> bool:
    """Whether pay runs already say what the line says, so that it would count twice.

    A booked wage of a cohort gives way to that cohort's payslips, one of the whole programme to
    any payslip of the programme.
    """
    if line.kind not in WAGE_KINDS:
        return False
    with_pay = {one.cohort_id for one in paid if one.payslips}
    return line.cohort_id in with_pay if line.cohort_id else bool(with_pay)


@dataclass(frozen=True, slots=True)
class Spent:
    """A programme's cost by kind: the bookkeeping, and pay straight from the pay runs.

    `set_aside` is booked and not counted, because the pay runs say it already.
    """

    by_kind: Mapping[CostKind, Money] = field(default_factory=dict)
    set_aside: Money = field(default_factory=Money.zero)

    @property
    def total(self) -> Money:
        """Euros in all."""
        return Money.total(self.by_kind.values())

    @property
    def wages(self) -> Money:
        """The part that is wages, bonuses and on-costs."""
        return Money.total(self.by_kind.get(kind, Money.zero()) for kind in WAGE_KINDS)


def add_up(booked: Iterable[Booked], paid: Sequence[Paid]) -> Spent:
    """The sums of bookkeeping and pay, nothing counted twice."""
    sums: dict[CostKind, Money] = {}
    aside = Money.zero()
    for line in booked:
        if is_set_aside(line, paid):
            aside += line.amount
        else:
            sums[line.kind] = sums.get(line.kind, Money.zero()) + line.amount
    for one in paid:
        for kind, amount in one.by_kind().items():
            if amount:
                sums[kind] = sums.get(kind, Money.zero()) + amount
    return Spent(sums, aside)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a programme cost over those who started and those who found work."""

    total: Money
    wages: Money
    people: int
    placements: int

    @property
    def per_person(self) -> Money | None:
        """Euros for each who started; None when nobody did."""
        return share_of(self.total, self.people)

    @property
    def per_placement(self) -> Money | None:
        """Euros for each who found work; None when nobody did."""
        return share_of(self.total, self.placements)

    @property
    def wage_share(self) -> Ratio:
        """Wages, bonuses and on-costs of the total."""
        return Ratio(self.wages.cents, self.total.cents, SHARE_DECIMALS)

    def to_json_dict(self) -> dict[str, object]:
        """Euros with two decimals and a point."""
        return {
            "total": self.total.plain(),
            "per_person": None if self.per_person is None else self.per_person.plain(),
            "per_placement": None if self.per_placement is None else self.per_placement.plain(),
        }


def share_of(total: Money, among: int) -> Money | None:
    """An amount for each of so many, half-up to the cent; None when there is nobody."""
    return Money(round_half_up(total.cents, among)) if among else None


def cents_of(amount: Fraction) -> Money:
    """An exact number of cents as money, half-up; the one rounding of a figure."""
    return Money(round_half_up(amount.numerator, amount.denominator))


def per_extra_placement(
    cost: Fraction, rate: Fraction, other_cost: Fraction, other_rate: Fraction
) -> Fraction | None:
    """Cents for each placement more than the other service would have made.

    Costs are cents a person, rates are shares of one. None when there is no placement more.
    """
    extra = rate - other_rate
    return (cost - other_cost) / extra if extra > 0 else None


def break_even_months(per_extra: Fraction, benefit: Money) -> str | None:
    """How many months of benefit an extra placement must save to pay for itself, one decimal.

    None without a benefit; "0.0" for what costs nothing more than the other service.
    """
    if benefit.cents <= 0:
        return None
    months = max(per_extra, Fraction(0)) / benefit.cents
    return decimal_text(months.numerator, months.denominator, MONTH_DECIMALS)


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line of the bookkeeping as somebody enters it; of a cohort, or of the whole programme."""

    label: str
    kind: CostKind
    amount: Money
    booked_on: date
    cohort_id: str | None = None
    basis: str = ""


def check_line(kind: CostKind, cohort_id: str | None, amount: Money, paid: Sequence[Paid]) -> None:
    """Refuse a line of nothing, and wages by hand where pay runs say them."""
    if not amount:
        raise RuleBroken(N_("Enter a sum other than zero."), field="amount")
    if is_set_aside(Booked(cohort_id, kind, amount), paid):
        raise RuleBroken(
            N_("Wages, bonuses and on-costs come straight from the pay runs here."), field="kind"
        )
