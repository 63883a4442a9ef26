"""A small chart on paper: for each thing two level bars, each with its number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from jobsearch.pdf import styles
from jobsearch.pdf.fonts import runs, width
from jobsearch.pdf.styles import Look
from jobsearch.pdf.tagging import TaggedCanvas, tagged
from jobsearch.pdf.text import one_line

_LABELS = 0.42  # of the width
_NUMBERS = 44.0
_BAR = 6.5
_BETWEEN = 2.0
_AFTER_ROW = 6.0
_LEGEND = 14.0
_MOST = 12  # rows


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing: its name, and two numbers with how each is written; no second where "" is."""

    label: str
    first: int
    first_text: str
    second: int = 0
    second_text: str = ""


class Bars(Flowable):
    """The chart; `names` say whose the two numbers are, `said` all of it in words.

    The first is a full bar and the second an outlined one, so that they differ in black and white.
    """

    def __init__(self, bars: Sequence[Bar], names: tuple[str, str], said: str) -> None:
        super().__init__()
        self.bars, self.names, self.said = tuple(bars[:_MOST]), names, said
        self.is_double = any(bar.second_text for bar in self.bars)
        self.spaceBefore, self.spaceAfter = 3, 6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - the library's
        """As wide as the room, one row for each thing under the names."""
        self.width = aW
        self.row = _BAR * (2 if self.is_double else 1) + _BETWEEN + _AFTER_ROW
        self.height = _LEGEND + self.row * len(self.bars)
        return aW, self.height

    def draw(self) -> None:
        """One figure: what is inside is drawn, what it says is its text alternative."""
        canvas = tagged(self.canv)
        most = max([1, *(max(bar.first, bar.second) for bar in self.bars)])
        top = self.height - _LEGEND
        with canvas.figure(self.said, self.width, self.height):
            self._draw_legend(canvas)
            for bar in self.bars:
                self._draw_row(canvas, bar, top, most)
                top -= self.row

    def _draw_legend(self, canvas: TaggedCanvas) -> None:
        x, y = self.width * _LABELS, self.height - 9
        for name, is_full in zip(self.names, (True, False), strict=True):
            if is_full or self.is_double:
                _box(canvas, x, y, _BAR, is_full)
                x += _BAR + 4
                x += write_short(
                    canvas, one_line(name), styles.CELL_NOTE, x, y + 0.5, self.width * 0.2
                )
                x += 14

    def _draw_row(self, canvas: TaggedCanvas, bar: Bar, top: float, most: int) -> None:
        left = self.width * _LABELS
        room = self.width - left - _NUMBERS
        middle = top - (_BAR * (2 if self.is_double else 1)) / 2 - 3
        write_short(canvas, one_line(bar.label), styles.CELL_NOTE, 0, middle, left - 8)
        for number, text, is_full in (
            (bar.first, bar.first_text, True),
            (bar.second, bar.second_text, False),
        ):
            if not text:
                continue
            long = room * number / most
            _box(canvas, left, top - _BAR, long, is_full)
            write_short(
                canvas, one_line(text), styles.CELL_NOTE, left + long + 4, top - _BAR, _NUMBERS - 4
            )
            top -= _BAR + _BETWEEN


def _box(canvas: TaggedCanvas, x: float, y: float, long: float, is_full: bool) -> None:
    canvas.setStrokeColor(styles.BAR)
    canvas.setLineWidth(0.6)
    canvas.ink(styles.BAR if is_full else styles.PANEL)
    canvas.rect(x, y, max(long, 0.6), _BAR - 0.6, stroke=1, fill=1)


def write_short(
    canvas: TaggedCanvas, words: str, look: Look, x: float, y: float, most: float
) -> float:
    """One short line, shortened to fit; returns how wide it is."""
    wide = width(look.face, look.size, words)
    while wide > most and words:
        words = words[: int(len(words) * most / wide) - 1].rstrip("…") + "…" if most > 12 else ""
        wide = width(look.face, look.size, words)
    canvas.ink(styles.INK)
    canvas.write(x, y, look.size, runs(look.face, words))
    return wide
