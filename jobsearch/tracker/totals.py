"""Rows of sums in somebody's tracker: each must say what the rows that it stands for make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from jobsearch.core.errors import RuleBroken
from jobsearch.core.refusals import Refusals, same
from jobsearch.core.sheets import Value
from jobsearch.core.tables import Record, Table
from jobsearch.core.text import mark as N_

_NEAREST = 3  # a sum of days within a sum of weeks within one of the sheet
_TOTAL = r"yhteensä|summat?|totalt?|totals|tillsammans|sammanlagt"
_AVERAGE = r"keskiarvo\w*|medelvärden?|averages?"
# these are somebody's name as well: in the column of names they stand alone and without a day
_SHORT_TOTAL, _SHORT_AVERAGE = r"yht|sum|kaikki|all", r"ka|avg|mean|medel"


def is_total(record: Record) -> bool:
    """Whether the row is one of sums rather than of a person: "Yhteensä", "Viikko 1 yht."."""
    return _is_called(record, _TOTAL, _SHORT_TOTAL)


def is_average(record: Record) -> bool:
    """Whether the row is one of averages, which add up to nothing."""
    return _is_called(record, _AVERAGE, _SHORT_AVERAGE) and not is_total(record)


def _is_called(record: Record, words: str, short: str) -> bool:
    columns, line = record.table.columns, record.line
    first = next((at for at, value in enumerate(line.values) if value is not None), 0)
    names, day = _text(record.value("name")), record.value("day")
    before = [_text(line.at(at)) for at in {first, columns["day"]} - {columns["name"]}]
    if any(re.search(rf"\b({words}|{short})\b", text) for text in before):
        return True
    alone = not isinstance(day, date) and re.fullmatch(rf"({short})[.:]?", names)
    return bool(alone or re.search(rf"\b({words})\b", names))


def _text(value: Value) -> str:
    return same(value) if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    day: date
    sums: Mapping[str, Decimal]


@dataclass(slots=True)
class Totals:
    """The rows of one sheet, and its rows of sums, to be compared when all are known.

    A row of sums may stand for the whole sheet, for the part before or after it up to one of the
    nearest others, or for one day. `said` is what the one of the whole sheet says.
    """

    table: Table
    said: dict[str, Decimal] = field(default_factory=dict)
    _rows: list[_Row] = field(default_factory=list)
    _met: list[tuple[int, Record]] = field(default_factory=list)

    def add(self, day: date, sums: Mapping[str, Decimal]) -> None:
        """One person's day."""
        self._rows.append(_Row(self._place, day, sums))

    def meet(self, record: Record) -> None:
        """A row of sums."""
        self._met.append((self._place, record))

    @property
    def _place(self) -> int:
        return len(self._rows) + len(self._met)

    def check(self, refusals: Refusals) -> None:
        """Note each figure of a row of sums that is not what its rows make."""
        for place, record in self._met:
            said = self._figures(record, refusals)
            if said is None:
                continue
            if _says(self._rows, said):
                self.said = self.said or said
            elif not any(_says(rows, said) for rows in self._scopes(place, record)):
                self._refuse(record, place, said, refusals)

    def _figures(self, record: Record, refusals: Refusals) -> dict[str, Decimal] | None:
        said: dict[str, Decimal] = {}
        before = len(refusals.found)
        for key in self._columns():
            value = refusals.read(record.number_or_none, key)
            if value is not None:
                said[key] = value
        return said if len(refusals.found) == before else None

    def _columns(self) -> list[str]:
        return [key for key in self.table.columns if key not in ("day", "name", "group")]

    def _scopes(self, place: int, record: Record) -> list[list[_Row]]:
        others = [other for other, _one in self._met]
        before = [-1, *(other for other in others if other < place)][-_NEAREST:]
        after = [*(other for other in others if other > place), self._place][:_NEAREST]
        parts = [[row for row in self._rows if first < row.place < place] for first in before]
        parts += [[row for row in self._rows if place < row.place < last] for last in after]
        day = record.value("day")
        if isinstance(day, date) and not isinstance(day, datetime):
            parts.append([row for row in self._rows if row.day == day])
        return parts

    def _refuse(
        self, record: Record, place: int, said: Mapping[str, Decimal], refusals: Refusals
    ) -> None:
        is_above = not any(row.place < place for row in self._rows)
        made = _made(self._rows)
        for key, value in said.items():
            sums = made.get(key, Decimal(0))
            if value != sums:
                refusals.found.append(_differs(record, key, sums, is_above=is_above))


def _differs(record: Record, key: str, made: Decimal, *, is_above: bool) -> RuleBroken:
    if is_above:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "the total is %(value)s, but the rows below it make %(made)s."
        )
    else:
        message = N_(
            "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
            "the total is %(value)s, but the rows above it make %(made)s."
        )
    return record.refuse(key, message, made=f"{made:f}")


def _says(rows: Sequence[_Row], said: Mapping[str, Decimal]) -> bool:
    """Whether there are rows and they make what is said."""
    made = _made(rows)
    return bool(rows) and all(made[key] == value for key, value in said.items())


def _made(rows: Sequence[_Row]) -> dict[str, Decimal]:
    made: dict[str, Decimal] = {}
    for row in rows:
        for key, value in row.sums.items():
            made[key] = made.get(key, Decimal(0)) + value
    return made
