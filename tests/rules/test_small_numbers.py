"""No group under five is printed, and none can be worked out from what is (issue 9, point 10).

The reader of these tests reckons on her own: she writes down every way to fill in what is hidden
with whole people, by trying them, and knows nothing of how the hiding was chosen.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from jobsearch.core.linear import Move, least_move
from jobsearch.core.ratios import FEW
from jobsearch.reports.small.rules import Counts, Sum, Tied, is_small, suppress

MOST_TRIED = 400  # a table that takes longer is left to another example
FAR = 12  # how far above the true count the reader tries


class Reader:
    """Somebody with pen and paper: finds every way to fill in what she was not told."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.told = suppress(counts)
        self.true = counts.all
        self.unknown = sorted(n for n in self.true if self.told.counts.get(n) is None)
        self.tries = 0

    def fillings(self, fixed: Mapping[str, int]) -> Iterator[Mapping[str, int]]:
        """Ways to fill in the rest when some of it is assumed."""
        given_ = {n: c for n, c in self.told.counts.items() if c is not None} | dict(fixed)
        yield from self._fill(given_)

    def _fill(self, known: dict[str, int]) -> Iterator[Mapping[str, int]]:
        self.tries += 1
        if self.tries > MOST_TRIED:
            reject()
        known = dict(known)
        while (step := self._forced(known)) is not None:
            if not step:
                return
            known |= step
        open_ones = [n for n in self.unknown if n not in known]
        if not open_ones:
            yield known
            return
        name = min(open_ones, key=lambda n: self._most(n, known))
        lowest = 1 if name in self.told.counts else 0
        for value in sorted(
            range(lowest, self._most(name, known) + 1), key=lambda v: abs(v - self.true[name])
        ):
            yield from self._fill({**known, name: value})

    def _forced(self, known: Mapping[str, int]) -> dict[str, int] | None:
        """What one sum leaves no choice about; empty when a sum cannot be; None when nothing is."""
        for one in self.counts.sums:
            missing = [n for n in (one.whole, *one.parts) if n not in known]
            parts = sum(known[n] for n in one.parts if n in known)
            if not missing and known[one.whole] != parts:
                return {}
            if len(missing) == 1:
                (name,) = missing
                value = parts if name == one.whole else known[one.whole] - parts
                return {name: value} if value >= (name in self.told.counts) else {}
        return None

    def _most(self, name: str, known: Mapping[str, int]) -> int:
        most = self.true[name] + FAR
        for one in self.counts.sums:
            if name in one.parts and one.whole in known:
                rest = known[one.whole] - sum(known[n] for n in one.parts if n in known)
                most = min(most, rest)
        return most

    def can_be(self, name: str, values: Sequence[int]) -> bool:
        """Whether one of these counts can stand there."""
        return any(next(iter(self.fillings({name: value})), None) is not None for value in values)


def check(counts: Counts) -> Reader:
    """Nothing small is printed, told apart as small, or known to the head."""
    reader = Reader(counts)
    for name, count in counts.said.items():
        assert reader.told.counts[name] is None or not is_small(count)
        assert reader.told.counts[name] in (None, count)
    for name, count in counts.all.items():
        reader.tries = 0
        above = range(FEW, count + FAR)
        if is_small(count):
            assert reader.can_be(name, above), f"{name} is seen to be small"
            others = [v for v in range(1, FEW) if v != count]
            assert reader.can_be(name, others), f"{name} is known when its size is guessed"
        elif name in reader.told.hidden:
            around = [v for v in range(1, count + FAR) if v != count]
            assert reader.can_be(name, around), f"{name} is worked out"
    for name, before in counts.before:
        reader.tries = 0
        assert reader.told.counts[name] is None
        many = range(before + FEW, before + FEW + FAR)
        assert reader.can_be(name, many), f"so few came or went: {name}"
    return reader


def table(rows: Sequence[Sequence[int]]) -> Counts:
    """A table with a total of each row, of each column, and of all."""
    said: dict[str, int] = {}
    sums: list[Sum] = []
    width = len(rows[0])
    for i, row in enumerate(rows):
        said |= {f"{i}.{j}": count for j, count in enumerate(row)} | {f"{i}.all": sum(row)}
        sums.append(Sum(f"{i}.all", tuple(f"{i}.{j}" for j in range(width))))
    for j in range(width):
        said[f"all.{j}"] = sum(row[j] for row in rows)
        sums.append(Sum(f"all.{j}", tuple(f"{i}.{j}" for i in range(len(rows)))))
    said["all.all"] = sum(map(sum, rows))
    sums.append(Sum("all.all", tuple(f"all.{j}" for j in range(width))))
    return Counts(said, tuple(sums))


few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
numbers = st.one_of(st.integers(0, 6), st.integers(0, 30))


@few
@given(st.lists(numbers, min_size=1, max_size=6))
def test_no_part_of_a_total_can_be_worked_out(parts: list[int]) -> None:
    names = tuple(f"part {i}" for i in range(len(parts)))
    said = dict(zip(names, parts, strict=True)) | {"all": sum(parts)}
    check(Counts(said, (Sum("all", names),)))


@few
@given(
    st.integers(1, 3).flatmap(
        lambda w: st.lists(st.lists(numbers, min_size=w, max_size=w), min_size=1, max_size=3)
    )
)
def test_no_cell_of_a_table_with_totals_both_ways_can_be_worked_out(rows: list[list[int]]) -> None:
    check(table(rows))


@st.composite
def shares(draw: st.DrawFn) -> Counts:
    """Two tables of the same people, apart in two ways: so many, and so many of them found."""
    tied = Tied()
    people = draw(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(0, 1), st.booleans()), min_size=1, max_size=22
        )
    )
    for name, which in (("all", None), ("town", 0), ("month", 1)):
        for value in (0, 1) if which is not None else (None,):
            there = [one for one in people if which is None or one[which] == value]
            key = name if value is None else f"{name} {value}"
            tied.say(f"{key} n", len(there))
            tied.say(f"{key} k", sum(one[2] for one in there))
            tied.contain(f"{key} n", f"{key} k")
        if which is not None:
            for column in "nk":
                parts = [f"{name} {value} {column}" for value in (0, 1)]
                tied.add_up(f"all {column}", parts)
    return tied.counts()


@few
@given(shares())
def test_two_tables_with_one_total_tell_nothing_together(counts: Counts) -> None:
    check(counts)


@few
@given(st.lists(st.integers(0, 12), min_size=2, max_size=6).map(lambda ns: sorted(ns)[::-1]))
def test_no_step_of_a_funnel_tells_how_few_left_there(reached: list[int]) -> None:
    tied = Tied()
    for i, count in enumerate(reached):
        tied.say(str(i), count)
    for i in range(len(reached) - 1):
        tied.contain(str(i), str(i + 1))
    check(tied.counts())


@few
@given(
    st.lists(st.integers(0, 9), min_size=3, max_size=4),
    st.lists(st.sets(st.integers(0, 2), min_size=1), min_size=1, max_size=3),
)
def test_sums_that_overlap_tell_nothing(parts: list[int], groups: list[set[int]]) -> None:
    said = {str(i): count for i, count in enumerate(parts)}
    sums = []
    for at, group in enumerate(groups):
        said[f"sum {at}"] = sum(parts[i] for i in group)
        sums.append(Sum(f"sum {at}", tuple(str(i) for i in sorted(group))))
    check(Counts(said, tuple(sums)))


@st.composite
def later_reports(draw: st.DrawFn) -> Counts:
    """A report (so many started, some of them found work, the rest by state) after an earlier one.

    Since then a few people, or many, have come or changed; some counts stood in both.
    """
    found, rest = draw(numbers), draw(st.lists(numbers, min_size=1, max_size=3))
    tied = Tied()
    said = {"started": found + sum(rest), "found": found}
    said |= {f"rest {i}": count for i, count in enumerate(rest)}
    for name, count in said.items():
        tied.say(name, count)
    tied.add_up("started", [name for name in said if name != "started"])
    for name in draw(st.sets(st.sampled_from(sorted(said)), min_size=1)):
        tied.told_before(name, max(FEW, said[name] + draw(st.integers(-4, 4))))
    return tied.counts()


@few
@given(later_reports())
def test_two_reports_of_two_days_tell_of_nobody_who_came_or_changed(counts: Counts) -> None:
    check(counts)


def test_the_pilots_figures_go_out_without_the_few() -> None:
    tied = Tied()
    tied.say("started", 20)
    tied.say("found", 11)
    tied.contain("started", "found")
    assert tied.suppress().hidden == frozenset(), "11 and 9 are groups"
    tied.say("closed", 17)
    tied.contain("started", "closed")
    assert tied.suppress().counts == {"started": 20, "found": 11, "closed": None}, "3 are open"


def test_nothing_is_hidden_that_need_not_be() -> None:
    counts = table([[10, 20], [30, 0]])
    assert suppress(counts).hidden == frozenset()
    counts = table([[2, 20, 8], [30, 9, 12], [40, 50, 60]])
    assert len(suppress(counts).hidden) == 4, "one cell and three beside it"


def test_a_table_of_250_cells_is_hidden_in_less_than_a_second() -> None:
    chosen = random.Random(9)
    rows = [[chosen.choice([0, 1, 2, 4, 9, 30]) for _month in range(11)] for _town in range(20)]
    counts = table(rows)
    assert len(counts.said) == 252
    began = time.process_time()
    hidden = suppress(counts).hidden
    assert time.process_time() - began < 1
    assert len(hidden) > len([one for one in counts.said.values() if is_small(one)])


def test_the_least_move_is_exact_where_it_takes_a_half() -> None:
    moves = {0: Move(5, 1), 1: Move(5, 1), 2: Move(5, 1)}
    # twice the first is the second, three times the third is the first
    found = least_move([{0: 2, 1: -1}, {0: 1, 2: -3}], moves, 1, 1)
    assert found == {0: Fraction(1, 2), 1: 1, 2: Fraction(1, 6)}


def test_sums_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        suppress(Counts({"all": 9, "part": 8}, (Sum("all", ("part",)),)))
    tied = Tied()
    tied.say("all", 5)
    tied.say("part", 6)
    with pytest.raises(ValueError, match="more than"):
        tied.contain("all", "part")
    with pytest.raises(ValueError, match="more than"):
        tied.add_up("all", ["part"])
