"""Money in whole cents, percentages in basis points, and the only rounding there is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_AMOUNT = re.compile(r"(?P<sign>[-\u2212]?)(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]{1,2}))?")
_MINUTES_IN_HOUR = 60
_WHOLE = 10_000  # basis points in 100 %


def round_half_up(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, halves away from zero, so a reversal mirrors its line."""
    if denominator <= 0:
        raise ValueError("the denominator must be above zero")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def _hundredths(text: str) -> int:
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a number with at most two decimals: {text!r}")
    size = int(found["whole"]) * 100 + int((found["part"] or "").ljust(2, "0"))
    return -size if found["sign"] else size


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in euro cents; may be negative (a deduction, a reversal)."""

    cents: int

    @classmethod
    def zero(cls) -> Money:
        """Nothing: 0.00 €."""
        return cls(0)

    @classmethod
    def of(cls, euros: str) -> Money:
        """An amount written in euros, ``"11.50"`` or ``"11,5"``; ValueError for anything else."""
        return cls(_hundredths(euros))

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """The sum of the amounts; nothing gives 0.00 €."""
        return cls(sum(amount.cents for amount in amounts))

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __mul__(self, times: int) -> Money:
        return Money(self.cents * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.cents != 0

    def plain(self) -> str:
        """Two decimals with a point and nothing else, for other programs: ``"559.78"``."""
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"

    def __str__(self) -> str:
        return self.plain()


@dataclass(frozen=True, order=True, slots=True)
class Rate:
    """A percentage in basis points: 7.15 % is 715."""

    basis_points: int

    @classmethod
    def of(cls, percent: str) -> Rate:
        """A percentage written ``"7.15"``; ValueError for anything else."""
        return cls(_hundredths(percent))

    def of_money(self, base: Money) -> Money:
        """This share of the base, half-up to the cent."""
        return Money(round_half_up(base.cents * self.basis_points, _WHOLE))

    def plain(self) -> str:
        """The percentage with two decimals and a point: ``"7.15"``."""
        return Money(self.basis_points).plain()

    def __str__(self) -> str:
        return self.plain()


def wage(minutes: int, hourly: Money) -> Money:
    """Pay for the minutes worked at an hourly wage, half-up to the cent, rounded once."""
    return Money(round_half_up(minutes * hourly.cents, _MINUTES_IN_HOUR))
