"""A report as data: all that its page, its PDF and its workbook show, and what is frozen of it.

Everything in it is already worded in the report's own language, so that it can be kept and drawn
again years later, to the same bytes, without asking the database or the catalogues.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from jobsearch.core.money import Money

Value = str | int | Money | None


class Kind(StrEnum):
    """Which report it is; a value is kept with every frozen one."""

    RESULTS = "results"
    COHORT = "cohort"
    FUNDER = "funder"
    PUBLIC = "public"


class Drawing(StrEnum):
    """How a table is drawn beside its rows; the rows always say the same."""

    BARS = "bars"
    FUNNEL = "funnel"
    INTERVALS = "intervals"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is called, how it reads, what it counts and out of whom.

    `reads` is the whole in words ("11 of 20, 55 %"); `k` of `n` are the bare numbers, None where
    the figure is no share; `means` is its definition in a sentence, `opens` names the rows behind
    it (the key that the page turns into an address; empty where there are none).
    """

    key: str
    label: str
    reads: str
    means: str
    k: int | None = None
    n: int | None = None
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `number` sets it to the right and lets a sheet reckon with it."""

    key: str
    label: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with a caption and perhaps a drawing of them.

    `rows` have as many values as there are columns; None is printed as hidden (a small number) and
    `note` says why. `opens` has one key for each row, or nothing at all.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    drawing: Drawing | None = None
    note: str = ""
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences, figures and tables, in this order."""

    key: str
    title: str
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: `as_of` is the last day that is counted in, `subject` what it is about."""

    kind: Kind
    language: str
    title: str
    subject: str
    provider: str
    as_of: date
    sections: tuple[Section, ...]

    def to_json(self) -> str:
        """The report in one spelling: the same report gives the same text, letter by letter."""
        return json.dumps(
            asdict(self), default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )

    @property
    def checksum(self) -> str:
        """SHA-256 of the one spelling, in hex: what a frozen report is known by."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def read_report(text: str) -> Report:
    """The report that `to_json` wrote. Raises ValueError or KeyError for any other text."""
    given = json.loads(text)
    return Report(
        kind=Kind(given["kind"]),
        language=given["language"],
        title=given["title"],
        subject=given["subject"],
        provider=given["provider"],
        as_of=date.fromisoformat(given["as_of"]),
        sections=tuple(_section(one) for one in given["sections"]),
    )


def _section(given: Mapping[str, Any]) -> Section:
    return Section(
        key=given["key"],
        title=given["title"],
        sentences=tuple(given["sentences"]),
        figures=tuple(Figure(**one) for one in given["figures"]),
        tables=tuple(_table(one) for one in given["tables"]),
    )


def _table(given: Mapping[str, Any]) -> Table:
    drawing = given["drawing"]
    return Table(
        key=given["key"],
        caption=given["caption"],
        columns=tuple(Column(**one) for one in given["columns"]),
        rows=tuple(tuple(_value(one) for one in row) for row in given["rows"]),
        drawing=None if drawing is None else Drawing(drawing),
        note=given["note"],
        opens=tuple(given["opens"]),
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _value(given: Any) -> Value:
    return Money(given["cents"]) if isinstance(given, dict) else given
