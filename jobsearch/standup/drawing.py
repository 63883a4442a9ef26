"""Parts of a board that are drawn once for everyone who reads them: pure, and kept a while.

Twenty people follow a board, and of a board that changed all rows but one are as they were. All
that a part shows is in what it is kept under; there is no form, token or timer in it.
"""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from jobsearch.people.rules import counts_everyone
from jobsearch.standup.board import Board, Pair, Piece, Row
from jobsearch.standup.rules import MINUTES, PHASE_NAMES, Phase, Step
from jobsearch.standup.words.rules import CHEERS, GROUP_CHEERS, SHORT_PLANS, Cheer
from jobsearch.tracker.rules import ACTIVITIES, LOOKS
from jobsearch.web.pages import render

_KEPT_ROWS, _KEPT = 1200, 300  # a few kilobytes each: the boards that are open at once


@dataclass(frozen=True, slots=True)
class _Reader:
    """What of a reader changes the board: language, whether she runs it, and the phase."""

    language: str
    runs: bool
    address: str = ""
    phase: Phase | None = None
    is_shared: bool = False

    @property
    def is_wrap_up(self) -> bool:
        """The day is being closed: results are counted, goals stand."""
        return self.phase is Phase.WRAP_UP


@dataclass(frozen=True, slots=True)
class _Table:
    """All that the table shows, and the lines above and below it."""

    rows: tuple[Row, ...]
    hidden: int
    present: int
    people: int
    today: tuple[Pair, ...]
    yesterday: tuple[Pair, ...] | None
    cheers: tuple[Cheer, ...]
    said: tuple[Row, ...]
    topic: str
    task: str

    @property
    def counts_hidden(self) -> bool:
        """Whether the totals hold those who have no row."""
        return counts_everyone(self.hidden)


def table_of(board: Board, address: str, *, runs: bool, is_shared: bool = False) -> Markup:
    """Cheers, table and subject of a board, for somebody who runs it or only looks on.

    `address` is that of the board's page, under which the deeds of a row lie; `is_shared` is the
    clean view for a screen that everyone sees.
    """
    reader = _Reader(board.day.language, runs, address, board.phase, is_shared)
    table = _Table(
        board.rows,
        board.hidden,
        board.present,
        board.people,
        board.today,
        board.yesterday,
        board.cheers,
        board.said,
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
    reader = _Reader(language, runs=False)
    return _draw("standup/_ribbon.html", reader, pieces=pieces, number=number)


@lru_cache(maxsize=_KEPT)
def phases_of(steps: tuple[Step, ...], language: str) -> Markup:
    """The phases of the meeting with the one that runs."""
    reader = _Reader(language, runs=False)
    return _draw(
        "standup/_phases.html", reader, steps=steps, phase_names=PHASE_NAMES, minutes=MINUTES
    )


def _draw(template: str, reader: _Reader, **values: object) -> Markup:
    html = render(
        template,
        reader=reader,
        language=reader.language,
        looks=LOOKS,
        plans=SHORT_PLANS,
        cheers=CHEERS,
        group_cheers=GROUP_CHEERS,
        **values,
    )
    return Markup(html)  # noqa: S704 - a template of ours, which escapes what is a person's
