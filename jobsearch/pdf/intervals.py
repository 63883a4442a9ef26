"""Shares on paper: for each a dot on a scale from 0 to 100 with the line of its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from jobsearch.pdf import styles
from jobsearch.pdf.bars import write_short
from jobsearch.pdf.tagging import TaggedCanvas, tagged

_LABELS = 0.36  # of the width
_NUMBERS = 84.0
_ROW = 17.0
_SCALE = 12.0
_END = 3.0
_MOST = 12  # rows


@dataclass(frozen=True, slots=True)
class Interval:
    """One share in percent, the ends of its interval, and how it is written."""

    label: str
    value: int
    low: int
    high: int
    text: str


class Intervals(Flowable):
    """The chart; `said` is all of it in words."""

    def __init__(self, lines: Sequence[Interval], said: str) -> None:
        super().__init__()
        self.lines, self.said = tuple(lines[:_MOST]), said
        self.spaceBefore, self.spaceAfter = 3, 6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - the library's
        """As wide as the room, one row for each share over the scale."""
        self.width = aW
        self.height = _ROW * len(self.lines) + _SCALE
        return aW, self.height

    def draw(self) -> None:
        """One figure: what is inside is drawn, what it says is its text alternative."""
        canvas = tagged(self.canv)
        with canvas.figure(self.said, self.width, self.height):
            self._draw_scale(canvas)
            for at, line in enumerate(self.lines, start=1):
                self._draw_row(canvas, line, self.height - at * _ROW + _ROW / 2)

    def _at(self, percent: float) -> float:
        left = self.width * _LABELS
        return left + (self.width - left - _NUMBERS) * min(100.0, max(0.0, percent)) / 100

    def _draw_scale(self, canvas: TaggedCanvas) -> None:
        canvas.setStrokeColor(styles.HAIR)
        canvas.setLineWidth(0.5)
        for percent in (0, 25, 50, 75, 100):
            x = self._at(percent)
            canvas.line(x, _SCALE, x, self.height)
            write_short(canvas, f"{percent}", styles.CELL_NOTE, x - 3, 2, 24)

    def _draw_row(self, canvas: TaggedCanvas, line: Interval, y: float) -> None:
        write_short(canvas, line.label, styles.CELL_NOTE, 0, y - 3, self.width * _LABELS - 8)
        low, high = self._at(line.low), self._at(line.high)
        canvas.setStrokeColor(styles.BAR)
        canvas.setLineWidth(1.4)
        canvas.line(low, y, high, y)
        for end in (low, high):
            canvas.line(end, y - _END, end, y + _END)
        canvas.ink(styles.BAR)
        canvas.circle(self._at(line.value), y, 3.2, stroke=0, fill=1)
        left = self.width - _NUMBERS + 6
        write_short(canvas, line.text, styles.CELL_NOTE, left, y - 3, _NUMBERS - 6)
