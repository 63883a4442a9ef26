"""Plain text of people into lines of paper: cleaned, capped, wrapped, and never read as markup."""

from __future__ import annotations

import re
from typing import Any

from reportlab.platypus.flowables import Flowable

from jobsearch.core.text import clean
from jobsearch.pdf.fonts import runs, width, widths
from jobsearch.pdf.styles import Look
from jobsearch.pdf.tagging import Element, TaggedCanvas, tagged
from jobsearch.pdf.turning import Turned, is_right_to_left, joined, turned, turns

MOST_LETTERS = 20_000  # of one text; what forms accept is far below
MOST_ON_A_LINE = 300
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufff9-\ufffb"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e007f]"
)


def printable(text: str, most: int = MOST_LETTERS) -> str:
    """The text without what paper cannot show; too long a text ends in an ellipsis."""
    short = text if len(text) <= most else text[:most].rstrip() + "…"
    return _INVISIBLE.sub("", clean(short)).replace("\t", " ")


def one_line(text: str, most: int = MOST_ON_A_LINE) -> str:
    """The same on one line."""
    return " ".join(printable(text, most).replace("\n", " ").split(" "))


def wrapped(text: str, look: Look, room: float) -> list[str]:
    """The lines of one paragraph; a word that is wider than the room is broken where it must.

    Hebrew and Arabic come joined and turned; the paragraph's first word says from which side.
    """
    if turns(text):
        right = is_right_to_left(text)
        return [turned(line, right) for line in _wrapped(joined(text), look, room)]
    return _wrapped(text, look, room)


def _wrapped(text: str, look: Look, room: float) -> list[str]:
    sizes, room = widths(look.face), room * 1000 / look.size
    blank = sizes[" "]
    lines: list[str] = []
    line, used = "", 0.0
    for word in text.split(" "):
        if not word:
            continue
        wide = sum(map(sizes.__getitem__, word))
        if line and used + blank + wide <= room:
            line, used = f"{line} {word}", used + blank + wide
            continue
        if line:
            lines.append(line)
        *full, line = [word] if wide <= room else _broken(word, look, room)
        lines += full
        used = wide if line is word else sum(map(sizes.__getitem__, line))
    return [*lines, line] if line else lines


def _broken(word: str, look: Look, room: float) -> list[str]:
    """A word in pieces that fit; `room` is in thousandths of the size."""
    sizes = widths(look.face)
    pieces, piece, used = [], "", 0.0
    for letter in word:
        if piece and used + sizes[letter] > room:
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + letter, used + sizes[letter]
    return [*pieces, piece]


def draw_lines(
    canvas: TaggedCanvas,
    lines: list[str],
    look: Look,
    x: float,
    top: float,
    room: float,
    more: bool = False,
) -> None:
    """Draw lines of text below `top`, from x on or up to the right edge of the room.

    `more` says that further words of the same element follow.
    """
    canvas.ink(look.colour)
    y = top - look.leading + (look.leading - look.size) / 2 + look.size * 0.22
    for number, line in enumerate(lines, start=1):
        if isinstance(line, Turned):
            _draw_turned(canvas, line, look, (x, y), room)
            y -= look.leading
            continue
        start = x + room - width(look.face, look.size, line) if look.right else x
        # A blank at a line's end keeps its last word apart from the next for those who listen.
        end = " " if more or number < len(lines) else ""
        shown = runs(look.face, line + end)
        said = ""
        if len(shown) > 1 and "".join(part for _, part in shown) != line + end:
            said = line + end  # a sign stands for a letter that no font has; who listens gets it
        canvas.write(start, y, look.size, shown, said)
        y -= look.leading


def _draw_turned(
    canvas: TaggedCanvas, line: Turned, look: Look, at: tuple[float, float], room: float
) -> None:
    """A line with Hebrew or Arabic: its parts in the order of reading, each at its place."""
    x, y = at
    if line.is_right or look.right:
        x += room - width(look.face, look.size, line)
    for first, last in line.parts:
        start = x + width(look.face, look.size, line[:first])
        canvas.write(start, y, look.size, runs(look.face, line[first:last]))


class Group:
    """An element that several paragraphs share as their parent: a list of bullets."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.element: Element | None = None

    def inside(self, canvas: TaggedCanvas) -> Element:
        """The element, made under what is open when the first of them is drawn."""
        if self.element is None:
            self.element = Element(self.role, canvas.inside())
        return self.element


class Paragraph(Flowable):
    """One paragraph of plain text; its parts on two pages are one element of the structure."""

    def __init__(
        self,
        text: str,
        look: Look,
        role: str = "P",
        bullet: str = "",
        group: Group | None = None,
    ) -> None:
        super().__init__()
        self.text, self.look, self.role, self.bullet, self.group = text, look, role, bullet, group
        self.spaceBefore, self.spaceAfter = look.before, look.after
        self.lines: list[str] | None = None
        self.element: list[Element] = []

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - the library's
        """Break into lines."""
        self.width = aW
        if self.lines is None:
            self.lines = wrapped(self.text, self.look, aW - self.look.indent)
        return aW, len(self.lines) * self.look.leading

    def split(self, aW: float, aH: float) -> list[Any]:  # noqa: N803
        """The parts above and below the page's end, two lines at least in each."""
        self.wrap(aW, aH)
        lines = self.lines or []
        fit = min(int(aH / self.look.leading), len(lines) - 2)
        if fit < 2:
            return []
        parts = []
        for at, some in enumerate((lines[:fit], lines[fit:])):
            bullet = "" if at else self.bullet
            part = Paragraph("", self.look, self.role, bullet, self.group)
            part.lines, part.element, part.width = some, self.element, aW
            part.spaceBefore = 0 if at else self.spaceBefore
            part.spaceAfter = self.spaceAfter if at else 0
            parts.append(part)
        return parts

    def draw(self) -> None:
        """Draw inside the mark of its element."""
        canvas = tagged(self.canv)
        if not self.element:
            parent = self.group.inside(canvas) if self.group else canvas.inside()
            parent = Element("LI", parent) if self.group else parent
            self.element.append(Element(self.role, parent))
            canvas.heading(self.role, self.text, len(self.lines or []) * self.look.leading)
        lines, look = self.lines or [], self.look
        top = len(lines) * look.leading
        canvas.mark(self.element[0])
        if self.bullet:
            draw_lines(canvas, [self.bullet], look, 0, top, look.indent, more=True)
        draw_lines(canvas, lines, look, look.indent, top, self.width - look.indent)
        canvas.unmark()


def paragraphs(text: str, look: Look, role: str = "P") -> list[Paragraph]:
    """A text as people write it: each of its lines that holds something is a paragraph."""
    return [
        Paragraph(line, look, role)
        for line in (line.strip() for line in printable(text).split("\n"))
        if line
    ]
