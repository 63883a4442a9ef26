"""What a group costs under assumptions, and what each assumption does to it; exact and pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from jobsearch.core.money import Money, Rate, wage
from jobsearch.core.periods import Span
from jobsearch.core.ratios import decimal_text, wilson_95
from jobsearch.core.text import mark as N_
from jobsearch.costs.rules import break_even_months, cents_of, per_extra_placement

_WHOLE = 10_000
_FIFTH = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class DaysOfMonth:
    """For how many days a month a benefit is counted on average, from when on, and who says so."""

    days: Decimal
    valid: Span
    source: str


BENEFIT_DAYS: tuple[DaysOfMonth, ...] = (
    DaysOfMonth(Decimal("21.5"), Span(date(2021, 1, 1)), "kela.fi/peruspaivaraha"),
)
"""Kela's page says 37.21 € a day and 800.02 € a month on average, and divides monthly benefits by
21.5 (seen 11/2026; `finland/law.md` section 8: about 800 €). A new practice is one row more."""


class Assumed(StrEnum):
    """What can be assumed on the page."""

    GROUP_SIZE = "group_size"
    HOURLY = "hourly"
    BONUS = "bonus"
    ON_COSTS = "on_costs"
    OTHER = "other"
    PLACEMENT = "placement"
    COMPARED = "compared"
    COMPARED_COST = "compared_cost"
    DISPLACEMENT = "displacement"
    BENEFIT = "benefit"


NAMES: Mapping[Assumed, str] = {
    Assumed.GROUP_SIZE: N_("People in a group"),
    Assumed.HOURLY: N_("Hourly wage, €"),
    Assumed.BONUS: N_("Outcome bonus, €"),
    Assumed.ON_COSTS: N_("On-costs of pay, per cent"),
    Assumed.OTHER: N_("Other cost of a group, €"),
    Assumed.PLACEMENT: N_("Share who find work, per cent"),
    Assumed.COMPARED: N_("Share who find work otherwise, per cent"),
    Assumed.COMPARED_COST: N_("Cost of a person otherwise, €"),
    Assumed.DISPLACEMENT: N_("Share of jobs taken from others, per cent"),
    Assumed.BENEFIT: N_("Benefit saved in a month, €"),
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All that a result rests on: shares of one, money, minutes of paid work of one person.

    `on_costs` is a share of wages, reimbursement and bonuses. `other` is what a group costs
    besides pay, however many are in it. Without a `benefit` there is no break-even.
    """

    group_size: int
    minutes: int
    hourly: Money
    allowance: Money
    holiday: Rate
    bonus: Money
    on_costs: Fraction
    other: Money
    placement: Fraction
    compared: Fraction
    compared_cost: Money
    displacement: Fraction
    benefit: Money | None


@dataclass(frozen=True, slots=True)
class Result:
    """What comes of assumptions; None where there is no placement, no extra one or no benefit."""

    per_group: Money
    per_person: Money
    per_placement: Money | None
    per_extra: Money | None
    months: str | None
    extra: str


def changed(assumed: Assumptions, news: Mapping[Assumed, Any]) -> Assumptions:
    """The assumptions with some of them changed, each to a value of its own kind."""
    return replace(assumed, **{name.value: value for name, value in news.items()})


def pay_of_one(assumed: Assumptions) -> Money:
    """Wage, holiday compensation and reimbursement of one person, each rounded as pay is."""
    worked = wage(assumed.minutes, assumed.hourly)
    return worked + assumed.holiday.of_money(worked) + assumed.allowance


def calculate(assumed: Assumptions) -> Result:
    """The cost of a group and what it buys, rounded once at the end.

    Displacement takes away that share of the placements that are more than otherwise: jobs that
    somebody else would have had (Crépon et al. 2013).
    """
    n = assumed.group_size
    paid = n * pay_of_one(assumed).cents + n * assumed.placement * assumed.bonus.cents
    group = paid * (1 + assumed.on_costs) + assumed.other.cents
    person = group / n
    kept = 1 - assumed.displacement
    extra = None
    if kept > 0:
        shares = assumed.placement, assumed.compared
        extra = per_extra_placement(
            person, shares[0] * kept, Fraction(assumed.compared_cost.cents), shares[1] * kept
        )
    more = max(assumed.placement - assumed.compared, Fraction(0)) * kept * n
    months = None
    if extra is not None and assumed.benefit is not None:
        months = break_even_months(extra, assumed.benefit)
    return Result(
        per_group=cents_of(group),
        per_person=cents_of(person),
        per_placement=cents_of(person / assumed.placement) if assumed.placement else None,
        per_extra=None if extra is None else cents_of(extra),
        months=months,
        extra=decimal_text(more.numerator, more.denominator, 2),
    )


@dataclass(frozen=True, slots=True)
class Swing:
    """One assumption at a low and a high value, and what each gives with all else as it is."""

    assumed: Assumed
    low: object
    high: object
    at_low: Result
    at_high: Result


def sensitivity(assumed: Assumptions, measured: tuple[int, int] | None) -> Iterator[Swing]:
    """Each assumption low and high: a fifth down and up; people one less and one more.

    The share who find work runs over its 95 % interval where k of n is known; displacement from
    none to a half.
    """
    for name in Assumed:
        ends = _ends(name, assumed, measured)
        if ends is not None:
            low, high = ends
            yield Swing(
                name,
                low,
                high,
                calculate(changed(assumed, {name: low})),
                calculate(changed(assumed, {name: high})),
            )


def _ends(
    name: Assumed, assumed: Assumptions, measured: tuple[int, int] | None
) -> tuple[object, object] | None:
    now = getattr(assumed, name.value)
    if name is Assumed.GROUP_SIZE:
        return max(1, now - 1), now + 1
    if name is Assumed.DISPLACEMENT:
        return Fraction(0), max(now, Fraction(1, 2))
    if name is Assumed.PLACEMENT and measured is not None and now == Fraction(*measured):
        ends = wilson_95(*measured)
        assert ends is not None  # a share that was measured has somebody in it
        return Fraction(ends[0]), Fraction(ends[1])
    if not now:
        return None
    if isinstance(now, Money):
        return cents_of(now.cents * (1 - _FIFTH)), cents_of(now.cents * (1 + _FIFTH))
    share: Fraction = now
    most = Fraction(1) if name in (Assumed.PLACEMENT, Assumed.COMPARED) else share * 2
    return share * (1 - _FIFTH), min(most, share * (1 + _FIFTH))


def share_of(basis_points: int) -> Fraction:
    """A percentage in basis points as an exact share of one."""
    return Fraction(basis_points, _WHOLE)


def basis_points_of(share: Fraction) -> int:
    """A share of one as the nearest percentage of two decimals."""
    return cents_of(share * _WHOLE).cents


@dataclass(frozen=True, slots=True)
class MonthOfBenefit:
    """A benefit of a day and what it comes to in an average month, with where both are from."""

    a_day: Money
    days: Decimal
    a_month: Money
    source: str


def month_of_benefit(a_day: Money, source: str, on: date) -> MonthOfBenefit | None:
    """A month of a benefit that is so much a day, half-up to the cent.

    None when it is not known for how many days of a month it is counted on that day.
    """
    of_month = next((one for one in BENEFIT_DAYS if one.valid.contains(on)), None)
    if of_month is None:
        return None
    a_month = cents_of(a_day.cents * Fraction(of_month.days))
    return MonthOfBenefit(a_day, of_month.days, a_month, f"{source}; {of_month.source}")
