"""How two reports differ, figure by figure and word by word; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from jobsearch.reports.paper.rules import Figure, Report, Section, Table, Value


class Part(StrEnum):
    """Which part of a report a change is in."""

    FIGURE = "figure"
    ROW = "row"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the two reports say differently; None where only the other says anything.

    `where` is the heading under which it stands, `what` the label of the figure, or the row and
    column; empty for sentences of the report itself.
    """

    part: Part
    where: str
    what: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class _Said:
    """One thing that a report says; `beside` is compared too and not printed."""

    part: Part
    where: str
    what: str
    value: Value
    beside: tuple[Value, ...] = ()


_Spot = tuple[str, ...]


def differences(before: Report, after: Report) -> list[Change]:
    """Everything that is not the same in both, figures first, each part in the later one's order.

    Two reports without a difference are the same text, letter by letter.
    """
    old, new = dict(_report(before)), dict(_report(after))
    spots = [*new, *(spot for spot in old if spot not in new)]
    found = [_change(old.get(spot), new.get(spot)) for spot in spots]
    changed = [one for one in found if one is not None]
    parts = list(Part)
    return sorted(changed, key=lambda one: parts.index(one.part))


def _change(old: _Said | None, new: _Said | None) -> Change | None:
    said = new or old
    if said is None or (old and new and (old.value, old.beside) == (new.value, new.beside)):
        return None
    before, after = (None if one is None else one.value for one in (old, new))
    if before is None and after is None and not said.beside:
        return None
    return Change(said.part, said.where, said.what, before, after)


def _report(report: Report) -> Iterator[tuple[_Spot, _Said]]:
    head = {
        "kind": report.kind.value,
        "language": report.language,
        "title": report.title,
        "subject": report.subject,
        "provider": report.provider,
        "as_of": report.as_of.isoformat(),
        "sections": _order(one.key for one in report.sections),
    }
    for name, value in head.items():
        yield (name,), _Said(Part.WORDS, "", "", value)
    counts: Counter[str] = Counter()
    for section in report.sections:
        counts[section.key] += 1
        spot = ("section", section.key, str(counts[section.key]))
        yield from _section(spot, section)


def _section(spot: _Spot, section: Section) -> Iterator[tuple[_Spot, _Said]]:
    where = section.title
    yield (*spot, "title"), _Said(Part.WORDS, where, "", section.title)
    for number, sentence in enumerate(section.sentences):
        yield (*spot, "sentence", str(number)), _Said(Part.WORDS, where, "", sentence)
    order = _order([*(f.key for f in section.figures), "/", *(t.key for t in section.tables)])
    yield (*spot, "order"), _Said(Part.WORDS, where, "", order)
    counts: Counter[str] = Counter()
    for figure in section.figures:
        counts[figure.key] += 1
        yield from _figure((*spot, "figure", figure.key, str(counts[figure.key])), where, figure)
    for table in section.tables:
        counts[table.key] += 1
        yield from _table((*spot, "table", table.key, str(counts[table.key])), where, table)


def _figure(spot: _Spot, where: str, figure: Figure) -> Iterator[tuple[_Spot, _Said]]:
    bare = (figure.k, figure.n, figure.opens)
    yield (*spot, "reads"), _Said(Part.FIGURE, where, figure.label, figure.reads, bare)
    yield (*spot, "label"), _Said(Part.WORDS, where, figure.label, figure.label)
    yield (*spot, "means"), _Said(Part.WORDS, where, figure.label, figure.means)


def _table(spot: _Spot, where: str, table: Table) -> Iterator[tuple[_Spot, _Said]]:
    columns = _order(one.label for one in table.columns)
    drawing = table.drawing.value if table.drawing else None
    bare = (*(f"{one.key} {one.number}" for one in table.columns), "/", drawing, *table.opens)
    told = {
        "caption": _Said(Part.WORDS, where, table.caption, table.caption),
        "columns": _Said(Part.WORDS, where, table.caption, columns, bare),
        "note": _Said(Part.WORDS, where, table.caption, table.note),
        "rows": _Said(
            Part.WORDS, where, table.caption, _order(_row_name(row) for row in table.rows)
        ),
    }
    for name, said in told.items():
        yield (*spot, name), said
    counts: Counter[str] = Counter()
    for row in table.rows:
        name = _row_name(row)
        counts[name] += 1
        for column, value in zip(table.columns, row, strict=True):
            what = f"{name}, {column.label}"
            at = (*spot, "row", name, str(counts[name]), column.key)
            yield at, _Said(Part.ROW, f"{where}: {table.caption}", what, value)


def _row_name(row: tuple[Value, ...]) -> str:
    return str(row[0]) if row else ""


def _order(keys: Iterable[str]) -> str:
    return " · ".join(keys)
