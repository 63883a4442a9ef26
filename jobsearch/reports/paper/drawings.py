"""What of a table is drawn, for page and paper alike: values in words, bars and intervals; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jobsearch.core.money import Money
from jobsearch.reports.paper.rules import Table
from jobsearch.reports.paper.words import WORDS
from jobsearch.web.formats import money, number


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One bar: whose it is, how long (cents for money), and how its figure reads."""

    label: str
    value: int
    reads: str


@dataclass(frozen=True, slots=True)
class DrawnInterval:
    """One share in whole percent with the ends of its 95 % interval, and how the row reads."""

    label: str
    value: int
    low: int
    high: int
    reads: str


def shown(value: object, language: str) -> str:
    """A value as a reader of the language reads it; None is a number that is hidden."""
    if value is None:
        return WORDS[language].hidden
    if isinstance(value, Money):
        return money(value, language=language)
    return number(value, language=language) if isinstance(value, int) else str(value)


def shown_bars(table: Table, language: str) -> list[DrawnBar]:
    """The first column of figures as bars; a hidden figure has none."""
    at = next((at for at, column in enumerate(table.columns) if column.number), None)
    if at is None:
        return []
    found = []
    for row in table.rows:
        value = row[at]
        size = value.cents if isinstance(value, Money) else value
        if isinstance(size, int):
            found.append(DrawnBar(str(row[0]), max(size, 0), shown(value, language)))
    return found


def shown_intervals(table: Table, language: str) -> list[DrawnInterval]:
    """The columns `percent`, `low` and `high` as intervals; rows without all three have none."""
    places = {column.key: at for at, column in enumerate(table.columns)}
    if not {"percent", "low", "high"} <= places.keys():
        return []
    found = []
    for row in table.rows:
        value, low, high = (row[places[key]] for key in ("percent", "low", "high"))
        if isinstance(value, int) and isinstance(low, int) and isinstance(high, int):
            reads = f"{shown(value, language)} ({low}–{high})"
            found.append(DrawnInterval(str(row[0]), value, low, high, reads))
    return found


def said_in_words(table: Table, language: str) -> str:
    """The drawing as a text: its caption, and each row with its figures."""
    return f"{table.caption}. " + "; ".join(_rows(table, language))


def _rows(table: Table, language: str) -> Iterator[str]:
    for row in table.rows:
        figures = [
            f"{column.label} {shown(value, language)}"
            for column, value in zip(table.columns[1:], row[1:], strict=True)
            if column.number
        ]
        yield f"{row[0]}: {', '.join(figures)}"
