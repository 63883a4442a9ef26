"""Rows of cells: tables of data and other things side by side, marked for what they are.

Drawn here and not by ReportLab's Table, which takes three times as long for a payslip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable

from jobsearch.pdf.styles import Look
from jobsearch.pdf.tagging import Element, TaggedCanvas, tagged
from jobsearch.pdf.text import MOST_ON_A_LINE, draw_lines, one_line, wrapped

_NOTE_LETTERS = 600


@dataclass(frozen=True, slots=True)
class Words:
    """A short text in a cell; its role is "" where the cell itself holds the only text."""

    text: str
    look: Look
    role: str = ""
    most: int = MOST_ON_A_LINE


Cell = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right, and how the row is set off; lines are (thickness, colour)."""

    cells: tuple[Cell, ...]
    is_head: bool = False
    above: tuple[float, Color] | None = None
    below: tuple[float, Color] | None = None
    panel: Color | None = None
    pad_top: float = 2.5
    pad_bottom: float = 2.5


@dataclass(frozen=True, slots=True)
class Shape:
    """Widths of the columns, blank space inside cells, and the roles of table, row and cell.

    With `named_rows` the first cell of a row is its heading. Without `rule_blanks` lines run
    only over columns that hold something.
    """

    widths: tuple[float, ...]
    roles: tuple[str, str, str] = ("Table", "TR", "TD")
    pad_left: float = 0
    pad_right: float = 0
    named_rows: bool = False
    frame: tuple[float, Color] | None = None
    rule_blanks: bool = True


@dataclass(slots=True)
class _Laid:
    """A row with its texts broken into lines."""

    row: Row
    cells: list[list[tuple[Words, list[str]]]]
    height: float = 0


@dataclass(slots=True)
class _Drawn:
    """What the parts of a table on several pages share."""

    element: list[Element] = field(default_factory=list)


class Rows(Flowable):
    """A table or grid; rows are never split, head rows repeat on each page."""

    def __init__(
        self, rows: Sequence[Row], shape: Shape, after: float = 0, before: float = 0
    ) -> None:
        super().__init__()
        self.shape = shape
        self.laid = [_laid(row, shape) for row in rows]
        self.spaceAfter, self.spaceBefore = after, before
        self.drawn = _Drawn()
        self.is_continued = False
        self.hAlign = "LEFT"

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - the library's
        """The size of all rows."""
        self.width = sum(self.shape.widths)
        self.height = sum(laid.height for laid in self.laid)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Any]:  # noqa: N803
        """The rows above and below the page's end; nothing fits if not one row under the heads."""
        heads = [laid for laid in self.laid if laid.row.is_head]
        room, fit = aH, 0
        for laid in self.laid:
            room -= laid.height
            if room < 0:
                break
            fit += 1
        if fit <= len(heads):
            return []
        first = self._part(self.laid[:fit], self.is_continued)
        return [first, self._part([*heads, *self.laid[fit:]], True)]

    def _part(self, laid: list[_Laid], is_continued: bool) -> Rows:
        part = Rows([], self.shape, self.spaceAfter, self.spaceBefore)
        part.laid, part.drawn, part.is_continued = laid, self.drawn, is_continued
        return part

    def draw(self) -> None:
        """Lines and panels as decoration, then the texts, each in its element."""
        canvas = tagged(self.canv)
        self.wrap(0, 0)
        canvas.artifact()
        self._draw_decoration(canvas)
        canvas.unmark()
        shared = self.drawn.element
        element = canvas.begin(self.shape.roles[0], shared[0] if shared else None)
        if not shared:
            shared.append(element)
        top = self.height
        for laid in self.laid:
            self._draw_row(canvas, laid, top)
            top -= laid.height
        canvas.end()

    def _draw_decoration(self, canvas: TaggedCanvas) -> None:
        top = self.height
        lines: dict[tuple[float, Color], list[tuple[float, float, float]]] = {}
        for laid in self.laid:
            row, bottom = laid.row, top - laid.height
            if row.panel:
                canvas.ink(row.panel)
                canvas.rect(0, bottom, self.width, laid.height, stroke=0, fill=1)
            for line, y in ((row.above, top), (row.below, bottom)):
                if line:
                    lines.setdefault(line, []).extend(self._spans(laid, y))
            top = bottom
        for (thickness, colour), spans in sorted(lines.items(), key=lambda item: item[0][0]):
            canvas.rules(thickness, colour, spans)
        if self.shape.frame:
            canvas.setLineWidth(self.shape.frame[0])
            canvas.setStrokeColor(self.shape.frame[1])
            canvas.rect(0, 0, self.width, self.height)

    def _spans(self, laid: _Laid, y: float) -> list[tuple[float, float, float]]:
        if self.shape.rule_blanks:
            return [(0, self.width, y)]
        spans, x = [], 0.0
        for wide, content in zip(self.shape.widths, laid.cells, strict=True):
            if content:
                spans.append((x, x + wide, y))
            x += wide
        return spans

    def _draw_row(self, canvas: TaggedCanvas, laid: _Laid, top: float) -> None:
        # Heads that are repeated on a next page are read once, so there they are decoration.
        is_repeated = laid.row.is_head and self.is_continued
        _, row_role, _ = self.shape.roles
        if is_repeated:
            canvas.artifact("Pagination")
        elif row_role:
            canvas.begin(row_role)
        x = 0.0
        for column, (wide, cell) in enumerate(zip(self.shape.widths, laid.cells, strict=True)):
            if is_repeated or cell or row_role:
                self._begin_cell(canvas, laid.row, column)
                left, right = self.shape.pad_left, self.shape.pad_right
                room = wide - left - right
                _draw_cell(canvas, cell, x + left, top - laid.row.pad_top, room)
                canvas.end()
            x += wide
        if is_repeated:
            canvas.unmark()
        elif row_role:
            canvas.end()

    def _begin_cell(self, canvas: TaggedCanvas, row: Row, column: int) -> None:
        if row.is_head and self.is_continued:
            canvas.begin("TH", Element("TH"))
        elif row.is_head:
            canvas.begin("TH", scope="Column")
        elif self.shape.named_rows and column == 0:
            canvas.begin("TH", scope="Row")
        else:
            canvas.begin(self.shape.roles[2])


def _draw_cell(
    canvas: TaggedCanvas,
    texts: list[tuple[Words, list[str]]],
    x: float,
    top: float,
    room: float,
) -> None:
    own = canvas.inside()
    for number, (words, lines) in enumerate(texts, start=1):
        canvas.heading(words.role, words.text, top)
        canvas.mark(Element(words.role, own) if words.role else own)
        draw_lines(canvas, lines, words.look, x, top, room, more=number < len(texts))
        canvas.unmark()
        top -= len(lines) * words.look.leading


def _laid(row: Row, shape: Shape) -> _Laid:
    cells, tallest = [], 0.0
    for wide, cell in zip(shape.widths, row.cells, strict=True):
        room = wide - shape.pad_left - shape.pad_right
        made = [
            (words, wrapped(one_line(words.text, words.most), words.look, room)) for words in cell
        ]
        made = [(words, lines) for words, lines in made if lines]
        tallest = max(tallest, sum(len(lines) * words.look.leading for words, lines in made))
        cells.append(made)
    return _Laid(row, cells, tallest + row.pad_top + row.pad_bottom)


def cell(text: str, look: Look, note: str = "", note_look: Look | None = None) -> Cell:
    """A cell of one text, with a note below it in another look where there is one."""
    if not note or note_look is None:
        return (Words(text, look),)
    return (Words(text, look), Words(note, note_look, most=_NOTE_LETTERS))
