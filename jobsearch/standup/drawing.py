"""Parts of a board that are drawn once for everyone who reads them: pure, and kept a while.

Twenty people follow a board, and of a board that changed all rows but one are as they were. All
that a part shows is in what it is kept under; there is no form, token or timer in it.
"""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from jobsearch.standup.board import Board, Pair, Piece, Row
from jobsearch.standup.rules import MINUTES, PHASE_NAMES, Step
from jobsearch.tracker.rules import ACTIVITIES, LOOKS
from jobsearch.web.pages import render

_KEPT_ROWS, _KEPT = 1200, 300  # a few kilobytes each: the boards that are open at once


@dataclass(frozen=True, slots=True)
class _Reader:
    """What of a reader changes the board: language, and whether she runs it."""

    language: str
    runs: bool
    address: str
    is_wrap_up: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """All that the table shows, and the lines above and below it."""

    rows: tuple[Row, ...]
    hidden: int
    present: int
    people: int
    today: tuple[Pair, ...]
    yesterday: tuple[Pair, ...] | None
    cheers: tuple[str | None, ...]
    topic: str
    task: str


def table_of(board: Board, address: str, runs: bool) -> Markup:
    """Cheers, table and subject of a board, for somebody who runs it or only looks on.

    `address` is that of the board's page, under which the deeds of a row lie.
    """
    reader = _Reader(board.day.language, runs, address, board.is_wrap_up)
    table = _Table(
        board.rows,
        board.hidden,
        board.present,
        board.people,
        board.today,
        board.yesterday,
        board.cheers,
        board.topic,
        board.task,
    )
    return _table(table, reader)


@lru_cache(maxsize=_KEPT)
def _table(table: _Table, reader: _Reader) -> Markup:
    rows = [_row(row, reader) for row in table.rows]
    return _draw("standup/_figures.html", reader, table=table, rows=rows, activities=ACTIVITIES)


@lru_cache(maxsize=_KEPT_ROWS)
def _row(row: Row, reader: _Reader) -> Markup:
    return _draw("standup/_row.html", reader, row=row)


@lru_cache(maxsize=_KEPT)
def ribbon_of(pieces: tuple[Piece, ...], number: int, language: str) -> Markup:
    """The days of the programme with the one that the board shows."""
    reader = _Reader(language, runs=False, address="", is_wrap_up=False)
    return _draw("standup/_ribbon.html", reader, pieces=pieces, number=number)


@lru_cache(maxsize=_KEPT)
def phases_of(steps: tuple[Step, ...], language: str) -> Markup:
    """The phases of the meeting with the one that runs."""
    reader = _Reader(language, runs=False, address="", is_wrap_up=False)
    return _draw(
        "standup/_phases.html", reader, steps=steps, phase_names=PHASE_NAMES, minutes=MINUTES
    )


def _draw(template: str, reader: _Reader, **values: object) -> Markup:
    html = render(template, reader=reader, language=reader.language, looks=LOOKS, **values)
    return Markup(html)  # noqa: S704 - a template of ours, which escapes what is a person's
