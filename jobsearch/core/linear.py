"""The least move between whole numbers that obey sums: an exact simplex without rounding.

Pure arithmetic of a general kind: linear programming with bounded variables, every number an
integer or a fraction. Sums of tables nearly always stay with whole numbers, which are much faster:
a fraction is made only where a division leaves one. It is meant for the tables of a report, some
hundred cells, not for thousands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

_STEPS_WITHOUT_GAIN = 50
Exact = int | Fraction
"""A number without rounding."""


@dataclass(frozen=True, slots=True)
class Move:
    """How one number may move: so far down, without end upward, and what a step costs."""

    down: int
    cost: int


def least_move(
    sums: Sequence[Mapping[int, int]], moves: Mapping[int, Move], target: int, by: int
) -> dict[int, Exact] | None:
    """The cheapest way to move the target by so much while every sum stays what it is.

    Each of `sums` has the coefficients of one equation; what is in none of `moves` stays. The
    answer names whatever moves and by how much; None when the target cannot be moved so far.
    """
    tableau = _Tableau(sums, moves, target, by)
    tableau.solve()
    found = tableau.moved()
    return found if found.get(target) == by else None


class _Tableau:
    """Rows of the simplex; column 2i raises the i-th number, column 2i + 1 lowers it.

    Every equation begins with a variable of its own that is fixed at nothing (negative in
    `basis`), so that standing still is where the search begins.
    """

    def __init__(
        self, sums: Sequence[Mapping[int, int]], moves: Mapping[int, Move], target: int, by: int
    ) -> None:
        self.upper: dict[int, int | None] = {}
        self.price: dict[int, Exact] = {}
        for number, move in moves.items():
            self.upper[2 * number], self.upper[2 * number + 1] = None, move.down
            if move.cost:
                self.price[2 * number] = self.price[2 * number + 1] = move.cost
        aim = 2 * target + (by < 0)
        self.upper[aim], self.upper[aim ^ 1] = abs(by), 0
        # Dearer than all moves together: first as far as can be, then as cheaply as can be.
        self.price[aim] = -(1 + sum(m.cost for m in moves.values())) * 10**6
        self.rows = [self._row(one, moves) for one in sums]
        self.basis = [-1 - i for i in range(len(sums))]
        self.values: list[Exact] = [0] * len(sums)
        self.full: set[int] = set()

    @staticmethod
    def _row(one: Mapping[int, int], moves: Mapping[int, Move]) -> dict[int, Exact]:
        row: dict[int, Exact] = {}
        for number, coefficient in one.items():
            if number in moves and coefficient:
                row[2 * number] = coefficient
                row[2 * number + 1] = -coefficient
        return row

    def solve(self) -> None:
        """Steps until none gains; after many steps in place the first gain is taken (Bland)."""
        idle = 0
        while (column := self._entering(idle > _STEPS_WITHOUT_GAIN)) is not None:
            idle = 0 if self._step(column) else idle + 1

    def moved(self) -> dict[int, Exact]:
        """What moves and by how much."""
        found: dict[int, Exact] = {}
        settled: list[tuple[int, Exact]] = [(c, self.upper[c] or 0) for c in self.full]
        settled += [(c, v) for c, v in zip(self.basis, self.values, strict=True) if c >= 0]
        for column, value in settled:
            sign = -1 if column % 2 else 1
            found[column // 2] = found.get(column // 2, 0) + sign * value
        return {number: by for number, by in found.items() if by}

    def _entering(self, first: bool) -> int | None:
        best: int | None = None
        most: Exact = 0
        for column, price in self.price.items():
            gain = price if column in self.full else -price
            if gain <= 0 or self.upper[column] == 0:
                continue
            if best is None or (column < best if first or gain == most else gain > most):
                best, most = column, gain
        return best

    def _step(self, column: int) -> bool:
        """Moves one variable as far as the others let it; whether it moved at all."""
        way = -1 if column in self.full else 1
        own = self.upper[column]
        far: Exact | None = own
        leaving: int | None = None
        for i, row in enumerate(self.rows):
            if (change := -way * row.get(column, 0)) and (
                (room := self._room(i, change)) is not None
            ):
                is_tie = far is not None and room == far and leaving is not None
                if (
                    far is None
                    or room < far
                    or (is_tie and self.basis[i] < self.basis[leaving or 0])
                ):
                    far, leaving = room, i
        if far is None:
            raise ArithmeticError("a move without end")
        for i, row in enumerate(self.rows):
            if by := row.get(column, 0):
                self.values[i] -= way * far * by
        if leaving is None:
            self.full ^= {column}
        else:
            self._pivot(leaving, column, far, way)
        return far > 0

    def _room(self, i: int, change: Exact) -> Exact | None:
        """How far row i's variable lets another move, when it changes by so much a step."""
        if self.basis[i] < 0:
            return 0
        if change < 0:
            return _divide(self.values[i], -change)
        limit = self.upper[self.basis[i]]
        return None if limit is None else _divide(limit - self.values[i], change)

    def _pivot(self, leaving: int, column: int, far: Exact, way: int) -> None:
        old = self.basis[leaving]
        start = (self.upper[column] or 0) if way < 0 else 0
        self.full.discard(column)
        if (
            old >= 0
            and self.upper[old] is not None
            and self.values[leaving] == self.upper[old] != 0
        ):
            self.full.add(old)
        divisor = self.rows[leaving][column]
        pivot = {c: _divide(a, divisor) for c, a in self.rows[leaving].items()}
        if old >= 0:
            pivot[old] = _divide(1, divisor)
        del pivot[column]
        for i, row in enumerate(self.rows):
            if i != leaving and (factor := row.pop(column, None)):
                _subtract(row, pivot, factor)
        if price := self.price.pop(column):
            _subtract(self.price, pivot, price)
        self.rows[leaving] = pivot
        self.basis[leaving], self.values[leaving] = column, start + way * far


def _divide(one: Exact, by: Exact) -> Exact:
    """The exact quotient, whole where it can be."""
    if by in (1, -1):
        return one * by
    found = Fraction(one) / by
    return found.numerator if found.denominator == 1 else found


def _subtract(row: dict[int, Exact], pivot: Mapping[int, Exact], factor: Exact) -> None:
    for column, coefficient in pivot.items():
        left = row.get(column, 0) - factor * coefficient
        if left:
            row[column] = left
        else:
            row.pop(column, None)
