"""Which counts are hidden, or put together, so that no group under five can be read or worked out.

The reader is thought to know every printed count, every sum that ties them, and this rule. Printed
nothing (0) names nobody and stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jobsearch.core.linear import Move, least_move
from jobsearch.core.ratios import FEW


@dataclass(frozen=True, slots=True)
class Sum:
    """That one count is the sum of others, by their names."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of people by name, with the sums that tie them.

    `unsaid` are counts that are printed nowhere, but that a reader gets by subtracting: whoever is
    in the whole and in none of its printed parts. `before` are pairs of a name and what an earlier
    report printed there: one to four people more or fewer than now.
    """

    said: Mapping[str, int]
    sums: tuple[Sum, ...] = ()
    unsaid: Mapping[str, int] = field(default_factory=dict)
    before: tuple[tuple[str, int], ...] = ()

    @property
    def all(self) -> dict[str, int]:
        """Every count, printed or not."""
        return {**self.said, **self.unsaid}


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What is left to print: None stands for a count that is hidden."""

    counts: Mapping[str, int | None]
    hidden: frozenset[str]


class Tied:
    """Gathers counts and what ties them, before they are suppressed together."""

    def __init__(self) -> None:
        self._said: dict[str, int] = {}
        self._unsaid: dict[str, int] = {}
        self._sums: list[Sum] = []
        self._before: list[tuple[str, int]] = []

    def say(self, name: str, count: int) -> None:
        """A count that is printed; the same name twice is the same count."""
        self._said[name] = count

    def told_before(self, name: str, count: int) -> None:
        """What an earlier report printed there; the few who came or went since are a group too."""
        if is_small(abs(self._said[name] - count)):
            self._before.append((name, count))

    def add_up(self, whole: str, parts: Sequence[str]) -> None:
        """The parts are all of the whole; what they leave open is a count of its own."""
        counts = {**self._said, **self._unsaid}
        rest = counts[whole] - sum(counts[part] for part in parts)
        if rest < 0:
            raise ValueError(f"the parts of {whole} are more than it")
        names = tuple(parts)
        if rest:
            self._unsaid[f"{whole} - {' - '.join(parts)}"] = rest
            names += (f"{whole} - {' - '.join(parts)}",)
        self._sums.append(Sum(whole, names))

    def contain(self, whole: str, part: str) -> None:
        """The part is inside the whole (k of n): the rest is a group as well, even when nobody."""
        name = f"{whole} - {part}"
        counts = {**self._said, **self._unsaid}
        rest = counts[whole] - counts[part]
        if rest < 0:
            raise ValueError(f"{part} is more than {whole}")
        self._unsaid[name] = rest
        self._sums.append(Sum(whole, (part, name)))

    def same(self, one: str, other: str) -> None:
        """Two places print the same count."""
        self._sums.append(Sum(one, (other,)))

    def counts(self) -> Counts:
        """All of them, with what ties them."""
        return Counts(self._said, tuple(self._sums), self._unsaid, tuple(self._before))

    def suppress(self) -> Suppressed:
        """What is left to print of all of them."""
        return suppress(self.counts())


def is_small(count: int) -> bool:
    """Whether a group is too small to be told of: somebody, and fewer than five."""
    return 0 < count < FEW


def suppress(counts: Counts) -> Suppressed:
    """Hides what is small, and with it whatever would give it away, as little as can be.

    After it, for every small count there is a way to fill in what is hidden, by whole people and
    true to every printed count and sum, in which it is five or more; and for a four one in which
    it is less. So nobody can tell that a group is small, nor guess its size by this rule.
    What has changed for a few since an earlier report is hidden as well, so that five or more can
    be thought to have come since.
    """
    return _Hiding(counts).done()


class _Hiding:
    """The work of `suppress`: which counts are hidden so far, and what may move."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.all = counts.all
        self.names = sorted(self.all)
        self.index = {name: i for i, name in enumerate(self.names)}
        self.hidden = {name for name, count in counts.said.items() if is_small(count)}
        self.hidden |= {name for name, _count in counts.before}
        self.sums = [self._equation(one) for one in counts.sums]
        self.reached: set[tuple[str, int]] = set()

    def _equation(self, one: Sum) -> dict[int, int]:
        found = {self.index[one.whole]: 1}
        for part in one.parts:
            found[self.index[part]] = found.get(self.index[part], 0) - 1
        if self.all[one.whole] != sum(self.all[part] for part in one.parts):
            raise ValueError(f"the parts of {one.whole} do not add up to it")
        return found

    def done(self) -> Suppressed:
        """Protects one small count after the other; what is hidden once stays so."""
        small = [name for name in self.names if is_small(self.all[name])]
        for name in sorted(small, key=lambda one: (self.all[one], one)):
            for aim in _aims(self.all[name]):
                self._protect(name, aim)
        for name, count in self.counts.before:
            self._protect(name, count + FEW)
        said = self.counts.said
        told = {name: None if name in self.hidden else said[name] for name in said}
        return Suppressed(told, frozenset(self.hidden))

    def _protect(self, name: str, aim: int) -> None:
        if (name, aim) in self.reached:
            return
        by = aim - self.all[name]
        found = least_move(self.sums, self._moves(), self.index[name], by)
        if found is not None and all(one.denominator == 1 for one in found.values()):
            self._open({self.names[i]: int(moved) for i, moved in found.items()})
        elif by > 0:
            # All that hangs together some times over is always another way to fill it in.
            self._open({one: self.all[one] * by for one in self._tied_to(name) if self.all[one]})

    def _tied_to(self, name: str) -> set[str]:
        """Every count that sums tie to one, itself among them."""
        found, open_ones = {self.index[name]}, [self.index[name]]
        while open_ones:
            one = open_ones.pop()
            near = {i for equation in self.sums if one in equation for i in equation} - found
            found |= near
            open_ones += near
        return {self.names[i] for i in found}

    def _open(self, moved: Mapping[str, int]) -> None:
        """Hides what moves, and remembers for whom this way of filling in is good as well."""
        self.hidden |= {name for name in moved if name in self.counts.said}
        for name, by in moved.items():
            for aim in _aims(self.all[name]):
                if (aim - self.all[name]) * by > 0 and (
                    self.all[name] + by >= FEW or 0 < self.all[name] + by < self.all[name]
                ):
                    self.reached.add((name, aim))

    def _moves(self) -> dict[int, Move]:
        """A printed nothing stays; whoever is printed stays at least one, hidden or not."""
        moves: dict[int, Move] = {}
        for name, count in self.all.items():
            is_said = name in self.counts.said
            if count or not is_said:
                is_free = name in self.hidden or not is_said
                moves[self.index[name]] = Move(count - is_said, 0 if is_free else count)
        return moves


def _aims(count: int) -> tuple[int, ...]:
    """The counts that a reader must think possible of a small one, beside the true one."""
    if not is_small(count):
        return ()
    return (FEW, count - 1) if count == FEW - 1 else (FEW,)
