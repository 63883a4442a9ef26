"""Ratios that name their denominator, and the interval of a share; the only place that divides."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jobsearch.core.money import round_half_up

SHARE_DECIMALS = 3
MEAN_DECIMALS = 2
# The two-sided 95 % point of the normal distribution.
_Z = Decimal("1.959963984540054")
# Under this many people a percentage says more than is known (design, charts; issue on reports).
FEW = 5


def decimal_text(numerator: int, denominator: int, decimals: int) -> str:
    """The quotient with so many decimals, half-up, with a point: 41, 20, 2 gives "2.05"."""
    scaled = round_half_up(numerator * 10**decimals, denominator)
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """k of n, never one without the other; no value where n is nothing."""

    numerator: int
    denominator: int
    decimals: int = MEAN_DECIMALS

    @property
    def value(self) -> str | None:
        """The quotient as other programs read it; None when nobody is counted in."""
        if self.denominator == 0:
            return None
        return decimal_text(self.numerator, self.denominator, self.decimals)

    @property
    def percent(self) -> str | None:
        """The share as a whole percentage, half-up; None under five, where it would mislead."""
        return self.percents() if self.denominator >= FEW else None

    def percents(self, decimals: int = 0) -> str | None:
        """The share in percent with so many decimals; None when nobody is counted in."""
        if self.denominator == 0:
            return None
        return decimal_text(100 * self.numerator, self.denominator, decimals)

    def to_json_dict(self) -> dict[str, object]:
        """Value, numerator and denominator, in this order."""
        return {
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
        }


def wilson_95(found: int, of: int) -> tuple[str, str] | None:
    """The 95 % Wilson score interval of a share, three decimals; None when nobody is counted in.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212: it stays
    inside 0..1 and holds for small groups.
    """
    if of == 0:
        return None
    n, share, z2 = Decimal(of), Decimal(found) / Decimal(of), _Z * _Z
    middle = share + z2 / (2 * n)
    half = _Z * (share * (1 - share) / n + z2 / (4 * n * n)).sqrt()
    low, high = ((middle + sign * half) / (1 + z2 / n) for sign in (-1, 1))
    return _three(max(low, Decimal(0))), _three(min(high, Decimal(1)))


def _three(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.001"), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Rate95:
    """A share of people with its 95 % interval."""

    ratio: Ratio
    wilson_95: tuple[str, str] | None

    @classmethod
    def of(cls, found: int, of: int) -> Rate95:
        """The share of those found among all."""
        return cls(Ratio(found, of, SHARE_DECIMALS), wilson_95(found, of))

    @property
    def interval(self) -> tuple[str, str] | None:
        """The ends of the interval as whole percentages; None under five."""
        if self.wilson_95 is None or self.ratio.denominator < FEW:
            return None
        low, high = (
            str((100 * Decimal(end)).quantize(Decimal(1), ROUND_HALF_UP)) for end in self.wilson_95
        )
        return low, high

    def to_json_dict(self) -> dict[str, object]:
        """The ratio, and the interval as a list of two texts."""
        interval = None if self.wilson_95 is None else list(self.wilson_95)
        return {**self.ratio.to_json_dict(), "wilson_95": interval}


@dataclass(frozen=True, slots=True)
class Difference95:
    """The difference of two shares with its 95 % interval, in three decimals from -1 to 1."""

    value: str
    low: str
    high: str

    @classmethod
    def of(cls, one: tuple[int, int], other: tuple[int, int]) -> Difference95 | None:
        """The first share minus the second; None when nobody is counted in one of them.

        R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10: from the Wilson
        intervals of both, so that it holds for small groups.
        """
        ends, other_ends = wilson_95(*one), wilson_95(*other)
        if ends is None or other_ends is None:
            return None
        first, second = (Decimal(found) / Decimal(of) for found, of in (one, other))
        low, high = map(Decimal, ends)
        other_low, other_high = map(Decimal, other_ends)
        below = ((first - low) ** 2 + (other_high - second) ** 2).sqrt()
        above = ((high - first) ** 2 + (second - other_low) ** 2).sqrt()
        value = first - second
        return cls(_three(value), _three(value - below), _three(value + above))

    @property
    def may_be_chance(self) -> bool:
        """Whether no difference at all is inside the interval."""
        return Decimal(self.low) <= 0 <= Decimal(self.high)

    @property
    def points(self) -> tuple[str, str, str]:
        """Difference and interval in whole percentage points."""
        value, low, high = (
            str((100 * Decimal(end)).quantize(Decimal(1), ROUND_HALF_UP))
            for end in (self.value, self.low, self.high)
        )
        return value, low, high
