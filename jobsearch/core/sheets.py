"""Rows out to CSV and XLSX, safe against formulas; `workbooks` reads them back in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from jobsearch.core.money import Money
from jobsearch.core.text import clean

Value = str | int | Decimal | date | datetime | time | None
Cell = Value | Money

MOST_LETTERS = 32_000  # Excel itself ends at 32,767 in a cell

_FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212"
_HARMLESS = re.compile(r"[-\u2212+]?[0-9]+([.,][0-9]+)?|\+[0-9][0-9 \u00a0]{4,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet that holds something; `number` is the one shown by Excel, from 1."""

    number: int
    values: tuple[Value, ...]

    def at(self, column: int) -> Value:
        """The value in a column counted from 0; None beyond the row's end."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a CSV file as its only sheet; blank rows are left out."""

    name: str
    lines: tuple[Line, ...]


def letters(column: int) -> str:
    """The letters of a column counted from 0, as Excel shows them: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        name = chr(ord("A") + rest) + name
        column -= 1
    return name


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as Finnish Excel reads it: semicolons, decimal commas, UTF-8 with BOM.

    Days are written 2026-11-21. A text that a spreadsheet would take for a formula gets an
    apostrophe in front; numbers and telephone numbers stay as they are (OWASP ASVS 1.2.10).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([_csv_text(title) for title in header])
    writer.writerows([_csv_text(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _harmless(clean(value))
    if isinstance(value, Money):
        return value.plain().replace(".", ",")
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return str(value)


def _harmless(text: str) -> str:
    bare = text.lstrip("'").lstrip()
    if bare[:1] and bare[0] in _FORMULA_STARTS and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text


def as_meant(text: str) -> str:
    """The text without the apostrophe that `to_csv` put in front of it, if it did."""
    return text[1:] if text.startswith("'") and _harmless(text[1:]) == text else text


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook to be written: its name, the headings, and the rows."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def to_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet; every text is a text cell, never a formula or a link.

    The same rows give the same bytes.
    """
    return to_workbook([Table(title, header, rows)])


def to_workbook(tables: Iterable[Table]) -> bytes:
    """A workbook of a sheet for each table, in their order; as safe as `to_xlsx`."""
    # Imported here: 100 ms that no page pays.
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    looks = {
        "text": book.add_format({"quote_prefix": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "d.m.yyyy"}),
        "instant": book.add_format({"num_format": "d.m.yyyy h.mm"}),
        "time": book.add_format({"num_format": "h.mm"}),
    }
    for table in tables:
        name = re.sub(r"[\[\]:*?/\\']", " ", clean(table.title))[:31].strip()
        _fill(book.add_worksheet(name or None), table, bold, looks)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, table: Table, bold: Any, looks: Mapping[str, Any]) -> None:
    for column, name in enumerate(table.header):
        sheet.write_string(0, column, clean(name), bold)
    for number, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, looks)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(table.header) - 1, 0), 18)


def _write(sheet: Any, row: int, column: int, value: Cell, looks: Mapping[str, Any]) -> None:
    if isinstance(value, str):
        text = clean(value)[:MOST_LETTERS]
        # The quote prefix keeps the text a text also after someone has edited the cell.
        sheet.write_string(row, column, text, looks["text"] if _harmless(text) != text else None)
    elif isinstance(value, Money):
        sheet.write_number(row, column, Decimal(value.plain()), looks["money"])
    elif isinstance(value, (int, Decimal)):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), looks["instant"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks["day"])
    elif isinstance(value, time):
        sheet.write_datetime(row, column, value, looks["time"])
