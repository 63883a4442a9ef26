"""Hides small numbers of a whole report at once: its figures and tables know of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from jobsearch.reports.paper.rules import Figure, Report, Section, Table, Value
from jobsearch.reports.small.rules import Tied


class Down(StrEnum):
    """What the rows of a table have to do with each other."""

    APART = "apart"
    """Nothing that the reader could reckon with."""
    TOTAL_LAST = "total_last"
    """The last row is the sum of the others."""
    INSIDE = "inside"
    """Everybody of a row is in the row before it too (a funnel)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a table count people, and what ties its numbers.

    `people` are the keys of columns that count people. `inside` are pairs (part, whole) of them in
    one row; `whole` is the column of which `parts` are all. `derived` are columns reckoned from
    the row's counts (a percentage, a mean): hidden where one of the row's counts is.
    """

    people: tuple[str, ...]
    down: Down = Down.APART
    inside: tuple[tuple[str, str], ...] = ()
    whole: str = ""
    parts: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layouts:
    """How every table of a report is laid out, by its key, and which figures count people.

    A table that is not named has no counts of people in it and stays. `people` are the keys of
    figures whose `k` and `n` count people; `same` are pairs of names that print one count in two
    places ("figure.k", "figure.n", "table.row.column", rows counted from 0); `tied` are wholes
    with all their parts, by such names. `follows` names the counts that a figure's words hold
    besides its own: it is hidden where one of them is. `before` are counts that an earlier report
    printed in the same places, by the name of the count.
    """

    tables: Mapping[str, Layout] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    same: tuple[tuple[str, str], ...] = ()
    tied: tuple[tuple[str, tuple[str, ...]], ...] = ()
    follows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: tuple[tuple[str, int], ...] = ()


def hide_small(report: Report, layouts: Layouts, hidden: str, note: str) -> Report:
    """The report without any group under five, also by subtraction between its tables.

    `hidden` is what a figure reads then ("fewer than five, or hidden beside such a group"), `note`
    what is written under a table in which something is hidden, both in the report's language.
    No figure or row opens any more: who reads this may not see the rows. Sentences of the report
    are not looked through; they must name no count. Raises KeyError for a column or name that is
    not there, ValueError when the counts contradict what is said of them.
    """
    tied = Tied()
    for section in report.sections:
        for figure in section.figures:
            if figure.key in layouts.people:
                _tell_figure(tied, figure)
        for table in section.tables:
            if table.key in layouts.tables:
                _tell_table(tied, table, layouts.tables[table.key])
    for one, other in layouts.same:
        tied.same(one, other)
    for whole, parts in layouts.tied:
        tied.add_up(whole, parts)
    for name, count in layouts.before:
        tied.told_before(name, count)
    return _Hider(layouts, tied.suppress().hidden, hidden, note).report(report)


def _tell_figure(tied: Tied, figure: Figure) -> None:
    for name, count in (("n", figure.n), ("k", figure.k)):
        if count is not None:
            tied.say(f"{figure.key}.{name}", count)
    if figure.k is not None and figure.n is not None:
        tied.contain(f"{figure.key}.n", f"{figure.key}.k")


def _tell_table(tied: Tied, table: Table, layout: Layout) -> None:
    places = {column.key: i for i, column in enumerate(table.columns)}
    for i, row in enumerate(table.rows):
        for key in layout.people:
            tied.say(f"{table.key}.{i}.{key}", _count(row[places[key]]))
        for part, whole in layout.inside:
            tied.contain(f"{table.key}.{i}.{whole}", f"{table.key}.{i}.{part}")
        if layout.whole:
            parts = [f"{table.key}.{i}.{part}" for part in layout.parts]
            tied.add_up(f"{table.key}.{i}.{layout.whole}", parts)
    for key in layout.people:
        names = [f"{table.key}.{i}.{key}" for i in range(len(table.rows))]
        if layout.down is Down.TOTAL_LAST and len(names) > 1:
            tied.add_up(names[-1], names[:-1])
        if layout.down is Down.INSIDE:
            for whole, part in pairwise(names):
                tied.contain(whole, part)


def _count(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} counts no people")
    return value


@dataclass(frozen=True, slots=True)
class _Hider:
    """Writes a report again without what is hidden."""

    layouts: Layouts
    names: frozenset[str]
    hidden: str
    note: str

    def report(self, report: Report) -> Report:
        return replace(report, sections=tuple(self._section(one) for one in report.sections))

    def _section(self, section: Section) -> Section:
        return replace(
            section,
            figures=tuple(self._figure(one) for one in section.figures),
            tables=tuple(self._table(one) for one in section.tables),
        )

    def _figure(self, figure: Figure) -> Figure:
        said = (f"{figure.key}.k", f"{figure.key}.n", *self.layouts.follows.get(figure.key, ()))
        if self.names.intersection(said):
            return replace(figure, reads=self.hidden, k=None, n=None, opens="")
        return replace(figure, opens="")

    def _table(self, table: Table) -> Table:
        layout = self.layouts.tables.get(table.key)
        if layout is None:
            return replace(table, opens=())
        keys = [column.key for column in table.columns]
        rows = tuple(self._row(table, layout, keys, i) for i in range(len(table.rows)))
        if rows == table.rows:
            return replace(table, opens=())
        note = f"{table.note} {self.note}".strip()
        return replace(table, rows=rows, note=note, opens=(), drawing=None)

    def _row(self, table: Table, layout: Layout, keys: Sequence[str], i: int) -> tuple[Value, ...]:
        gone = {key for key in layout.people if f"{table.key}.{i}.{key}" in self.names}
        if gone:
            gone |= set(layout.derived)
        return tuple(
            None if key in gone else value for key, value in zip(keys, table.rows[i], strict=True)
        )
