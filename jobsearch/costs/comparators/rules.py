"""Comparators, and the one way in which figures of two services are set into one; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import NoReturn

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, Rate
from jobsearch.core.ratios import Rate95, wilson_95
from jobsearch.core.refusals import same
from jobsearch.core.text import mark as N_
from jobsearch.costs.rules import Cost, break_even_months, cents_of, per_extra_placement

_WHOLE = 10_000
_LEAST = 4
MIXED = N_("%(figure)s (cost of one service, rate of another: %(cost)s, %(rate)s)")


class ComparatorKind(StrEnum):
    """What a comparator counts: people who found work of all, or euros a person."""

    RATE = "rate"
    COST = "cost"


KIND_NAMES = {
    ComparatorKind.RATE: N_("Share who found work"),
    ComparatorKind.COST: N_("Cost of a person"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of another service: k of n, a published percentage, or an amount a person."""

    service: str
    population: str
    period: str
    source: str
    caveat: str
    found: int | None = None
    of: int | None = None
    percent: Rate | None = None
    amount: Money | None = None

    @property
    def kind(self) -> ComparatorKind:
        """Whether it is a share or a cost."""
        return ComparatorKind.RATE if self.amount is None else ComparatorKind.COST

    @property
    def share(self) -> Fraction:
        """The share as an exact number between 0 and 1; ValueError for a cost."""
        if self.found is not None and self.of:
            return Fraction(self.found, self.of)
        if self.percent is None:
            raise ValueError("a cost has no share")
        return Fraction(self.percent.basis_points, _WHOLE)

    @property
    def cents(self) -> Fraction:
        """The cost of a person in cents; ValueError for a rate."""
        if self.amount is None:
            raise ValueError("a rate has no cost")
        return Fraction(self.amount.cents)

    @property
    def rate_95(self) -> Rate95 | None:
        """k of n with its interval; None where the source gives no n."""
        if self.found is None or self.of is None:
            return None
        return Rate95.of(self.found, self.of)


def check_figure(figure: Figure) -> None:
    """Refuse a figure that cannot be, and one without what a reader needs to judge it."""
    for name, words in (
        ("service", figure.service),
        ("population", figure.population),
        ("period", figure.period),
        ("source", figure.source),
        ("caveat", figure.caveat),
    ):
        if len(words.strip()) < _LEAST:
            raise RuleBroken(
                N_("Say it in words: whoever reads the figure has to be able to judge it."),
                field=name,
            )
    given = [figure.of is not None, figure.percent is not None, figure.amount is not None]
    if sum(given) != 1 or (figure.found is None) != (figure.of is None):
        message = N_("Enter one figure: how many of how many, a percentage, or euros a person.")
        raise RuleBroken(message, field="found")
    if figure.of is not None and not 0 <= (figure.found or 0) <= figure.of:
        raise RuleBroken(N_("The part cannot be larger than the whole."), field="found")
    if figure.of == 0:
        raise RuleBroken(N_("Nobody is no population."), field="of")
    if figure.percent is not None and not 0 <= figure.percent.basis_points <= _WHOLE:
        raise RuleBroken(N_("A percentage is between 0 and 100."), field="percent")
    if figure.amount is not None and figure.amount < Money.zero():
        raise RuleBroken(N_("An amount is 0 or more."), field="amount")


@dataclass(frozen=True, slots=True)
class Between:
    """A figure at the ends of an interval; without `most` there is none at the worse end."""

    least: Money
    most: Money | None

    def plain(self) -> str:
        """For other programs: both ends, the second one empty where there is none."""
        return f"{self.least.plain()}/{self.most.plain() if self.most else ''}"


Plain = Money | str | Between
"""Euros, months with one decimal, or euros at both ends of an interval."""


class UnlabelledFigure(TypeError):
    """Somebody tried to print a mixed figure without its label."""


@dataclass(frozen=True, slots=True)
class MixedFigure:
    """A figure made of one service's cost and another one's rate; it cannot be printed bare."""

    cost_of: str
    rate_of: str
    _value: Plain = field(repr=False)

    def printed(self, write: Callable[[Plain], str], say: Callable[..., str]) -> str:
        """The figure inside its label: `say` translates MIXED with its gaps.

        Raises UnlabelledFigure when what comes back does not name both services.
        """
        said = say(MIXED, figure=write(self._value), cost=self.cost_of, rate=self.rate_of)
        if self.cost_of not in said or self.rate_of not in said:
            raise UnlabelledFigure("a mixed figure is printed with its label")
        return said

    def to_json_dict(self) -> dict[str, str]:
        """The figure for other programs, never without what it is."""
        value = self._value if isinstance(self._value, str) else self._value.plain()
        label = "cost of one service, rate of another"
        return {"value": value, "label": label, "cost_of": self.cost_of, "rate_of": self.rate_of}

    def _refuse(self, *_args: object) -> NoReturn:
        raise UnlabelledFigure("a mixed figure is printed with its label")

    __str__ = _refuse
    __format__ = _refuse
    __html__ = _refuse


def are_of_one_service(cost: Figure, rate: Figure) -> bool:
    """Whether both are of the same service in the same period."""
    return same(cost.service) == same(rate.service) and same(cost.period) == same(rate.period)


def _combined(value: Plain, cost: Figure, rate: Figure) -> Plain | MixedFigure:
    if are_of_one_service(cost, rate):
        return value
    return MixedFigure(f"{cost.service}, {cost.period}", f"{rate.service}, {rate.period}", value)


def cost_per_placement(cost: Figure, rate: Figure) -> Plain | MixedFigure | None:
    """What a placement costs by these figures; mixed when they are of two services.

    None when the rate is zero.
    """
    if not rate.share:
        return None
    return _combined(cents_of(cost.cents / rate.share), cost, rate)


@dataclass(frozen=True, slots=True)
class Against:
    """The programme against a service: what an extra placement costs, and when it breaks even.

    `cost` is None where only the other service's rate is known; then nothing is taken off for
    what it costs. The figures are mixed when they rest on two other services.
    """

    rate: Figure
    cost: Figure | None
    placement: Plain | MixedFigure | None
    extra: Plain | MixedFigure | None
    months: Plain | MixedFigure | None
    between: Plain | MixedFigure | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What the programme measured: so many who found work of so many, and cents a person."""

    cost: Fraction
    found: int
    of: int


def beside(own: Own, rate: Figure, cost: Figure | None, benefit: Money | None) -> Against:
    """The programme against a rate, with a placement more at the ends of its 95 % interval too.

    The interval is that of the programme's own share: it says how far chance alone may move the
    figure, not whom the services served.
    """
    against = set_against(own.cost, Fraction(own.found, own.of), rate, cost, benefit)
    between = _at_ends(own, rate, cost)
    if between is None or cost is None:
        return replace(against, between=between)
    return replace(against, between=_combined(between, cost, rate))


def _at_ends(own: Own, rate: Figure, cost: Figure | None) -> Between | None:
    ends = wilson_95(own.found, own.of)
    if ends is None:
        return None
    other = cost.cents if cost else Fraction(0)
    most, least = (per_extra_placement(own.cost, Fraction(end), other, rate.share) for end in ends)
    if least is None:
        return None
    return Between(cents_of(least), None if most is None else cents_of(most))


def set_against(
    own_cost: Fraction, own_rate: Fraction, rate: Figure, cost: Figure | None, benefit: Money | None
) -> Against:
    """The programme (cents a person, share) against a rate, and a cost where there is one."""
    other_cost = cost.cents if cost else Fraction(0)
    per_extra = per_extra_placement(own_cost, own_rate, other_cost, rate.share)
    months = None
    if per_extra is not None and benefit is not None:
        months = break_even_months(per_extra, benefit)
    extra = None if per_extra is None else cents_of(per_extra)
    if cost is None:
        return Against(rate, None, None, extra, months)
    return Against(
        rate,
        cost,
        cost_per_placement(cost, rate),
        None if extra is None else _combined(extra, cost, rate),
        None if months is None else _combined(months, cost, rate),
    )


def set_beside(
    cost: Cost, figures: Sequence[Figure], a_month: Money | None = None
) -> list[Against]:
    """A programme's cost against each rate; nothing while nobody has started."""
    if not cost.people:
        return []
    own = Own(Fraction(cost.total.cents, cost.people), cost.placements, cost.people)
    rates = [one for one in figures if one.kind is ComparatorKind.RATE]
    costs = [one for one in figures if one.kind is ComparatorKind.COST]
    found = []
    for rate in rates:
        same_service = [one for one in costs if are_of_one_service(one, rate)]
        found.append(beside(own, rate, None, a_month))
        found += [beside(own, rate, one, a_month) for one in same_service or costs]
    return found
