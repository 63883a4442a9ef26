"""A report as a workbook: what it is, its figures, and each table on a sheet of its own."""

from collections.abc import Iterator, Sequence

from jobsearch.core.sheets import Cell, to_workbook
from jobsearch.core.sheets import Table as SheetTable
from jobsearch.reports.paper.rules import Report, Table, Value
from jobsearch.reports.paper.words import WORDS

_LONGEST_NAME = 27  # a sheet's name ends at 31, and a number may follow


def draw_workbook(report: Report) -> bytes:
    """The XLSX of a report; the same report gives the same bytes, numbers stay numbers."""
    words = WORDS[report.language]
    sheets = [SheetTable(words.summary, (words.text, words.value), _summary(report))]
    figures = list(_figures(report))
    if figures:
        heads = (words.figure, words.value, words.counted, words.of, words.meaning, words.text)
        sheets.append(SheetTable(words.figures, heads, figures))
    for number, table in enumerate(_tables(report), start=1):
        names = tuple(column.label for column in table.columns)
        rows = [_row(row, words.hidden) for row in table.rows]
        sheets.append(SheetTable(f"{number} {table.caption[:_LONGEST_NAME]}", names, rows))
    return to_workbook(sheets)


def _summary(report: Report) -> Iterator[Sequence[Cell]]:
    words = WORDS[report.language]
    yield (words.summary, report.title)
    yield (words.subject, report.subject)
    yield (words.provider, report.provider)
    yield (words.day, report.as_of)
    yield (words.checksum, report.checksum)
    for section in report.sections:
        for sentence in section.sentences:
            yield (section.title, sentence)
        for table in section.tables:
            if table.note:
                yield (table.caption, table.note)


def _figures(report: Report) -> Iterator[Sequence[Cell]]:
    for section in report.sections:
        for figure in section.figures:
            yield (
                figure.label,
                figure.reads,
                figure.k,
                figure.n,
                figure.means,
                section.title,
            )


def _tables(report: Report) -> Iterator[Table]:
    for section in report.sections:
        yield from section.tables


def _row(row: Sequence[Value], hidden: str) -> tuple[Cell, ...]:
    return tuple(hidden if value is None else value for value in row)
