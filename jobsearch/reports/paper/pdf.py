"""A report on paper: the same report gives the same bytes, whoever prints it and whenever."""

from collections.abc import Sequence

from reportlab.platypus.flowables import CondPageBreak

from jobsearch.pdf import blocks, styles
from jobsearch.pdf.bars import Bar, Bars
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.intervals import Interval, Intervals
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Cell, Row, Rows, Shape, Words, cell
from jobsearch.reports.paper.drawings import said_in_words, shown, shown_bars, shown_intervals
from jobsearch.reports.paper.rules import Column, Drawing, Figure, Report, Section, Table
from jobsearch.reports.paper.words import WORDS
from jobsearch.web.formats import date_text

_NUMBER_WIDTH = 62.0
_LEAST_NAME = 0.28  # of the width that the first column keeps
_FIGURE_NAME = 0.3
_FIGURE_VALUE = 0.27
_CAPTION = 40.0
_MOST_IN_A_CELL = 700
_SHORT_SUM = 12  # digits of the checksum at the foot


def draw_pdf(report: Report) -> bytes:
    """The tagged PDF of a report, with its data day and its checksum at the foot of each page."""
    words = WORDS[report.language]
    day = words.as_of.format(day=date_text(report.as_of, report.language))
    return build(
        Document(
            title=f"{report.title} – {report.subject}",
            author=report.provider,
            language=report.language,
            subject=report.title,
            story=tuple(_story(report, day)),
            running=(report.subject, report.title),
            foot=f"{day} · {words.checksum} {report.checksum[:_SHORT_SUM]}",
            has_outline=True,
            number_page=lambda page, pages: words.page.format(page=page, pages=pages),
        )
    )


def _story(report: Report, day: str) -> Blocks:
    story = blocks.letterhead([report.provider, report.subject], [report.title, day])
    story += blocks.title(report.title)
    for section in report.sections:
        story += _section(section, report.language)
    words = WORDS[report.language]
    return (
        story + blocks.space(8) + blocks.text(f"{words.checksum}: {report.checksum}", styles.NOTE)
    )


def _section(section: Section, language: str) -> Blocks:
    made = blocks.section(section.title)
    for sentence in section.sentences:
        made += blocks.text(sentence)
    if section.figures:
        made += _figures(section.figures, language)
    for table in section.tables:
        made += _table(table, language)
    return made


def _figures(figures: Sequence[Figure], language: str) -> Blocks:
    """Each figure with what it means under its name."""
    words = WORDS[language]
    head = _head((words.figure, words.value, words.meaning))
    rows = [
        Row(
            (
                cell(figure.label, styles.CELL),
                cell(figure.reads, styles.CELL_STRONG),
                cell(figure.means, styles.CELL_NOTE),
            ),
            below=(0.5, styles.HAIR),
        )
        for figure in figures
    ]
    first, second = styles.WIDTH * _FIGURE_NAME, styles.WIDTH * _FIGURE_VALUE
    widths = (first, second, styles.WIDTH - first - second)
    shape = Shape(widths, pad_right=8, named_rows=True)
    return [Rows([head, *rows], shape, after=7)]


def _head(names: Sequence[str], columns: Sequence[Column] = ()) -> Row:
    looks = [
        styles.NUMBER_STRONG if columns and columns[at].number else styles.CELL_STRONG
        for at in range(len(names))
    ]
    cells = tuple(cell(name, look) for name, look in zip(names, looks, strict=True))
    return Row(cells, is_head=True, below=(0.9, styles.BAR))


def _table(table: Table, language: str) -> Blocks:
    drawn = _drawing(table, language)
    high = sum(one.wrap(styles.WIDTH, 0)[1] for one in drawn)
    made: Blocks = blocks.space(4) + blocks.text(table.caption, styles.BODY_STRONG) + drawn
    head = _head([column.label for column in table.columns], table.columns)
    rows = [Row(_cells(table, row, language), below=(0.5, styles.HAIR)) for row in table.rows]
    shape = Shape(_widths(table.columns), pad_right=6, named_rows=True)
    begins = Rows([head, *rows[:1]], shape).wrap(styles.WIDTH, 0)[1]
    made = [CondPageBreak(high + begins + _CAPTION), *made, Rows([head, *rows], shape, after=5)]
    return made + (blocks.text(table.note, styles.NOTE) if table.note else [])


def _cells(table: Table, row: Sequence[object], language: str) -> tuple[Cell, ...]:
    return tuple(
        (
            Words(
                shown(value, language),
                styles.NUMBER if column.number else styles.CELL,
                most=_MOST_IN_A_CELL,
            ),
        )
        for column, value in zip(table.columns, row, strict=True)
    )


def _widths(columns: Sequence[Column]) -> tuple[float, ...]:
    """Figures get what a figure needs, the names share the rest; the first is never squeezed."""
    figures = sum(1 for column in columns[1:] if column.number)
    texts = len(columns) - 1 - figures
    room = styles.WIDTH * (1 - _LEAST_NAME)
    figure = min(_NUMBER_WIDTH, room / max(figures + 2 * texts, 1))
    rest = styles.WIDTH - figures * figure
    first = rest if not texts else max(styles.WIDTH * _LEAST_NAME, rest / (texts + 1))
    text = (rest - first) / texts if texts else 0.0
    return (first, *(figure if column.number else text for column in columns[1:]))


def _drawing(table: Table, language: str) -> Blocks:
    """The drawing, which says the same as the rows below it."""
    if table.drawing is None or not table.rows:
        return []
    said = said_in_words(table, language)
    if table.drawing is Drawing.INTERVALS:
        lines = [
            Interval(one.label, one.value, one.low, one.high, one.reads)
            for one in shown_intervals(table, language)
        ]
        return [Intervals(lines, said)] if lines else []
    bars = [Bar(one.label, one.value, one.reads) for one in shown_bars(table, language)]
    name = next(column.label for column in table.columns if column.number)
    return [Bars(bars, (name, ""), said)] if bars else []
