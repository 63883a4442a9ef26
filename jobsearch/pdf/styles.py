"""The look of paper: sizes in points, and colours that stay apart in black and white."""

from dataclasses import dataclass, replace

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from jobsearch.pdf.fonts import REGULAR, STRONG

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 16 * mm
WIDTH = PAGE_WIDTH - 2 * MARGIN
GUTTER = 18.0
HALF = (WIDTH - GUTTER) / 2

INK = Color(0x11 / 255, 0x23 / 255, 0x2B / 255)
MUTED = Color(0x4A / 255, 0x5D / 255, 0x67 / 255)
BAR = Color(0x0A / 255, 0x34 / 255, 0x42 / 255)
HAIR = Color(0xC3 / 255, 0xCF / 255, 0xD4 / 255)
PANEL = Color(0xEF / 255, 0xF3 / 255, 0xF4 / 255)


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text looks."""

    face: str = REGULAR
    size: float = 10
    leading: float = 13.5
    colour: Color = INK
    right: bool = False
    after: float = 0
    before: float = 0
    indent: float = 0


BODY = Look(after=4)
BODY_STRONG = replace(BODY, face=STRONG)
SMALL = Look(size=8.5, leading=11.5, colour=MUTED)
SMALL_RIGHT = replace(SMALL, right=True)
NOTE = replace(SMALL, after=2)
LABEL = Look(size=8.5, leading=11, colour=MUTED)
VALUE = Look(face=STRONG, size=10, leading=13)
CELL = Look(size=9.5, leading=12)
CELL_STRONG = replace(CELL, face=STRONG)
CELL_NOTE = Look(size=8, leading=9.6, colour=MUTED)
NUMBER = replace(CELL, right=True)
NUMBER_STRONG = replace(CELL_STRONG, right=True)
HEAD = Look(size=8.5, leading=11.5)
HEAD_STRONG = replace(HEAD, face=STRONG)
HEAD_RIGHT = replace(HEAD, right=True)
HEAD_RIGHT_STRONG = replace(HEAD_STRONG, right=True)
TITLE = Look(face=STRONG, size=20, leading=25, colour=BAR, after=7, before=8)
SECTION = Look(face=STRONG, size=12, leading=15, colour=BAR, after=3, before=11)
SUBSECTION = Look(face=STRONG, size=10, leading=13.5, after=3, before=7)
FOOT_SIZE = 8
