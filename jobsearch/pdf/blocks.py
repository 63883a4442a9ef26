"""The blocks that documents are made of; every one takes plain text and makes it safe itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportlab.platypus.flowables import CondPageBreak, Flowable, Spacer

from jobsearch.pdf import styles
from jobsearch.pdf.rows import Cell, Row, Rows, Shape, Words
from jobsearch.pdf.styles import GUTTER, HALF, Look
from jobsearch.pdf.text import Group, Paragraph, one_line, paragraphs, printable

Blocks = list[Flowable]

_BULLET_INDENT = 11
_ROOM_UNDER_A_HEADING = 70
_MOST_IN_A_BOX = 12_000
_PIECE_IN_A_BOX = 1_500  # a row is never split, so it must be far lower than a page
_HIGHEST_BESIDE = 260.0
_GROUP = ("Div", "", "Div")


def space(points: float) -> Blocks:
    """White space that vanishes at the top of a page."""
    return [Spacer(1, points)]


def room(points: float) -> Blocks:
    """What follows begins on a new page where less room is left on this one."""
    return [CondPageBreak(points)]


def title(text: str) -> Blocks:
    """The document's only heading of the first level."""
    return [Paragraph(one_line(text), styles.TITLE, "H1")]


def section(text: str) -> Blocks:
    """A heading of the second level, never alone at the foot of a page."""
    return [
        CondPageBreak(_ROOM_UNDER_A_HEADING),
        Paragraph(one_line(text), styles.SECTION, "H2"),
    ]


def subsection(text: str) -> Blocks:
    """A heading of the third level, never alone at the foot of a page."""
    return [
        CondPageBreak(_ROOM_UNDER_A_HEADING),
        Paragraph(one_line(text), styles.SUBSECTION, "H3"),
    ]


def text(words: str, look: Look = styles.BODY) -> Blocks:
    """A text as people write it; each of its lines is a paragraph."""
    return [*paragraphs(words, look)]


def bullets(items: Sequence[str]) -> Blocks:
    """A list; an item's own line breaks become blanks."""
    group = Group("L")
    look = replace(styles.BODY, indent=_BULLET_INDENT, after=2)
    words = (printable(item).replace("\n", " ").strip() for item in items)
    return [Paragraph(item, look, "LBody", "•", group) for item in words if item]


def facts(pairs: Sequence[tuple[str, str]], columns: int = 3) -> Blocks:
    """Names and values on a light panel, row by row."""
    cells: list[Cell] = [
        (Words(name, styles.LABEL, "Lbl"), Words(value or "–", styles.VALUE, "LBody"))
        for name, value in pairs
    ]
    cells += [()] * (-len(cells) % columns)
    rows = [
        Row(tuple(cells[at : at + columns]), panel=styles.PANEL, pad_top=5, pad_bottom=4)
        for at in range(0, len(cells), columns)
    ]
    rows[0] = replace(rows[0], pad_top=9)
    rows[-1] = replace(rows[-1], pad_bottom=10)
    widths = (styles.WIDTH / columns,) * columns
    return [Rows(rows, Shape(widths, ("L", "", "LI"), pad_left=10, pad_right=4))]


def box(heading: str, texts: Sequence[str], strong: str = "") -> Blocks:
    """A frame with a heading, some texts, and at its end a text in strong letters."""
    parts = [(piece, styles.BODY, "P") for words in texts for piece in _pieces(words)]
    parts += [(piece, styles.BODY_STRONG, "P") for piece in _pieces(strong)]
    if heading:
        parts.insert(0, (one_line(heading), styles.SECTION, "H2"))
    if not parts:
        return []
    rows = [
        Row(((Words(piece, look, role, most=2 * _PIECE_IN_A_BOX),),), pad_top=2, pad_bottom=2)
        for piece, look, role in parts
    ]
    rows[0] = replace(rows[0], pad_top=9)
    rows[-1] = replace(rows[-1], pad_bottom=10)
    shape = Shape(
        (styles.WIDTH,), ("Sect", "", "Div"), pad_left=11, pad_right=11, frame=(0.9, styles.BAR)
    )
    framed = Rows(rows, shape)
    height = framed.wrap(styles.WIDTH, 0)[1]
    # what fits on a page of its own kind is not parted for its last line
    room = max(_ROOM_UNDER_A_HEADING, min(height, _HIGHEST_BESIDE) + 10)
    return [CondPageBreak(room), *space(10), framed]


def _pieces(words: str) -> Iterator[str]:
    """The lines of a text, cut at blanks where they are long."""
    for line in printable(words, _MOST_IN_A_BOX).split("\n"):
        rest = line.strip()
        while len(rest) > _PIECE_IN_A_BOX:
            cut = rest.rfind(" ", _PIECE_IN_A_BOX // 2, _PIECE_IN_A_BOX)
            cut = cut if cut > 0 else _PIECE_IN_A_BOX
            yield rest[:cut]
            rest = rest[cut:].strip()
        if rest:
            yield rest


def letterhead(left: Sequence[str], right: Sequence[str]) -> Blocks:
    """The top of the first page: who it is from, and which document it is; first lines strong."""
    cells = (
        _lines(left, styles.HEAD_STRONG, styles.HEAD),
        _lines(right, styles.HEAD_RIGHT_STRONG, styles.HEAD_RIGHT),
    )
    row = Row(cells, below=(1.2, styles.BAR), pad_top=0, pad_bottom=7)
    return [Rows([row], Shape((styles.WIDTH * 0.6, styles.WIDTH * 0.4), _GROUP))]


def _lines(lines: Sequence[str], first: Look, others: Look) -> Cell:
    return tuple(Words(line, others if number else first, "P") for number, line in enumerate(lines))


def signatures(names: Sequence[str]) -> Blocks:
    """A line to sign on for each, two in a row."""
    made: Blocks = []
    shape = Shape((HALF, GUTTER, HALF), _GROUP, rule_blanks=False)
    for at in range(0, len(names), 2):
        pair: list[Cell] = [(Words(name, styles.SMALL, "P"),) for name in names[at : at + 2]]
        row = Row((pair[0], (), pair[1] if len(pair) > 1 else ()), above=(0.8, styles.INK))
        made += [CondPageBreak(_ROOM_UNDER_A_HEADING), *space(34), Rows([row], shape)]
    return made


def side_by_side(left: Blocks, right: Blocks) -> Blocks:
    """Two short columns; what is too high for that goes one below the other."""
    columns = _Columns(left, right)
    if columns.wrap(styles.WIDTH, 0)[1] <= _HIGHEST_BESIDE:
        return [CondPageBreak(_ROOM_UNDER_A_HEADING), columns]
    for part in (*left, *right):
        if isinstance(part, Paragraph):
            part.lines = None  # they were broken for half the width
    return [*left, *right]


class _Columns(Flowable):
    """Two columns of blocks that stay on one page; the left one is read first."""

    def __init__(self, left: Blocks, right: Blocks) -> None:
        super().__init__()
        self.columns = [
            [part for part in side if not isinstance(part, CondPageBreak)] for side in (left, right)
        ]
        self.spaceBefore = styles.SECTION.before
        self.spaceAfter = styles.BODY.after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - the library's
        """As wide as the page, as high as the higher column."""
        self.height = max(sum(_heights(column)) for column in self.columns)
        return aW, self.height

    def draw(self) -> None:
        """Each column from the top."""
        for column, x in zip(self.columns, (0, HALF + GUTTER), strict=True):
            y = self.height
            for part, height in zip(column, _heights(column), strict=True):
                y -= height
                part.drawOn(self.canv, x, y)


def _heights(column: Blocks) -> list[float]:
    """The heights of the parts with the space above each, but none above the first."""
    heights, above = [], 0.0
    for number, part in enumerate(column):
        if number:
            above = max(above, part.getSpaceBefore())
        heights.append(above + part.wrap(HALF, 10_000)[1])
        above = part.getSpaceAfter()
    return heights
