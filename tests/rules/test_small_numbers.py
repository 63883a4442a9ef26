"""No group under five is printed, and none can be worked out from what is (issue 9, point 10).

The reader of these tests reckons on her own: she writes down every way to fill in what is hidden
with whole people, by trying them, and knows nothing of how the hiding was chosen.
"""

from collections.abc import Iterator, Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from jobsearch.core.ratios import FEW
from jobsearch.reports.small.rules import Counts, Sum, is_small, suppress

MOST_TRIED = 400_000
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
            raise AssertionError("the table is too large to be tried out")
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


numbers = st.one_of(st.integers(0, 6), st.integers(0, 30))


@settings(max_examples=150, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=6))
def test_no_part_of_a_total_can_be_worked_out(parts: list[int]) -> None:
    names = tuple(f"part {i}" for i in range(len(parts)))
    said = dict(zip(names, parts, strict=True)) | {"all": sum(parts)}
    check(Counts(said, (Sum("all", names),)))


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 3).flatmap(
        lambda w: st.lists(st.lists(numbers, min_size=w, max_size=w), min_size=1, max_size=3)
    )
)
def test_no_cell_of_a_table_with_totals_both_ways_can_be_worked_out(rows: list[list[int]]) -> None:
    check(table(rows))
