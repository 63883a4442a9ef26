"""CSV and XLSX files from outside into sheets, with limits on what they may unpack to."""

import csv
import io
import math
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from jobsearch.core.errors import RuleBroken
from jobsearch.core.sheets import Line, Sheet, Value, as_meant, letters
from jobsearch.core.text import clean
from jobsearch.core.text import mark as N_

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 40 * 1024 * 1024
MOST_PARTS = 1_000
MOST_SHEETS = 50
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_LETTERS = 20_000

_LAST_ROW_OF_EXCEL = 1_048_576
_DELIMITERS = ";\t,"
_SAMPLE_ROWS = 30
_UNREADABLE = N_("The file cannot be read as a table. Save it as CSV or as .xlsx and try again.")
_FIELD = "file"


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Read a CSV or XLSX file; which of the two it is, its first bytes say, never its name.

    `name` (the file's) becomes the name of a CSV file's only sheet. Texts come clean and without
    outer blanks, numbers as int or Decimal, days as dates; what looks like a number in a CSV stays
    a text. Raises RuleBroken on `file` for what is too large, broken or of another kind.
    """
    if len(content) > MOST_BYTES:
        raise RuleBroken(
            N_("The file is larger than %(limit)d MB."), _FIELD, limit=MOST_BYTES // 1024**2
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RuleBroken(
            N_("The file is an old .xls file or has a password. Save it as .xlsx without one."),
            _FIELD,
        )
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content)
    return (_read_csv(content, clean(name)[:80]),)


# CSV


def _read_csv(content: bytes, name: str) -> Sheet:
    text = _decoded(content)
    asked = re.match(r"sep=(.)\r?\n", text)  # a first line that Excel itself writes and hides
    if asked:
        text = text[asked.end() :]
    delimiter = asked[1] if asked and asked[1] in _DELIMITERS else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return Sheet(name, tuple(_lines(name, _csv_rows(reader, name))))


def _csv_rows(reader: Iterator[list[str]], name: str) -> Iterator[list[Value]]:
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise RuleBroken(
                N_("%(sheet)s, row %(row)d: a quotation mark is missing or out of place."),
                _FIELD,
                sheet=name,
                row=number,
            ) from None
        yield [as_meant(clean(text)) or None for text in row]


def _decoded(content: bytes) -> str:
    """UTF-8, else Windows-1252; UTF-16 where its mark says so (Excel's "Unicode text")."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise RuleBroken(_UNREADABLE, _FIELD)


def _delimiter(text: str) -> str:
    """The delimiter that gives the most rows of one and the same width."""

    def evenness(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths: Counter[int] = Counter()
        try:
            for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False):
                widths[len(row)] += len(row) > 1
        except csv.Error:
            pass  # the real reading tells where
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, width if rows else 0

    return max(_DELIMITERS, key=evenness)


# XLSX


def _read_xlsx(content: bytes) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook  # 160 ms that no page pays

    try:
        _guard(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations that are not read
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            try:
                if len(book.worksheets) > MOST_SHEETS:
                    raise RuleBroken(
                        N_("The workbook has more than %(limit)d sheets."),
                        _FIELD,
                        limit=MOST_SHEETS,
                    )
                return tuple(_read_sheet(sheet) for sheet in book.worksheets)
            finally:
                book.close()
    except RuleBroken:
        raise
    # A broken workbook breaks the library in a dozen ways, none of them foreseen by it.
    except Exception:  # noqa: BLE001
        raise RuleBroken(_UNREADABLE, _FIELD) from None


def _guard(content: bytes) -> None:
    """Refuse a bomb before anything is unpacked: too many parts, too large, or XML entities.

    The sizes are those that the archive declares; zipfile reads no byte beyond them.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
            raise RuleBroken(N_("The workbook is too large when it is unpacked."), _FIELD)
        if "xl/workbook.xml" not in archive.namelist():
            raise RuleBroken(_UNREADABLE, _FIELD)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                body = archive.read(part)
                if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\x00" in body[:64]:
                    raise RuleBroken(_UNREADABLE, _FIELD)


def _read_sheet(sheet) -> Sheet:  # type: ignore[no-untyped-def]
    sheet.reset_dimensions()  # some programs declare a million rows, others one
    name = clean(str(sheet.title))
    rows = ([_value(value) for value in row] for row in sheet.iter_rows(values_only=True))
    return Sheet(name, tuple(_lines(name, rows)))


def _value(value: object) -> Value:
    """A cell as the house knows it; a day without a time is a date, a duration the text 4:30."""
    if value is None:
        return None
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and math.isfinite(value):
        shown = Decimal(f"{value:.15g}")  # the digits that Excel shows, without binary dust
        return int(shown) if abs(shown) < 10**15 and shown == int(shown) else shown
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, (date, time)):
        return value
    return clean(str(value)) or None


# Both


def _lines(name: str, rows: Iterable[list[Value]]) -> Iterator[Line]:
    """Rows that hold something, with their numbers. Raises RuleBroken beyond the limits."""
    for number, row in enumerate(rows, start=1):
        if number > _LAST_ROW_OF_EXCEL:
            return
        width = max((i for i, value in enumerate(row, start=1) if value is not None), default=0)
        if not width:
            continue
        if number > MOST_ROWS:
            raise RuleBroken(
                N_("%(sheet)s has more than %(limit)d rows."), _FIELD, sheet=name, limit=MOST_ROWS
            )
        if width > MOST_COLUMNS:
            raise RuleBroken(
                N_("%(sheet)s, row %(row)d has more than %(limit)d columns."),
                _FIELD,
                sheet=name,
                row=number,
                limit=MOST_COLUMNS,
            )
        values = tuple(row[:width])
        _refuse_long(name, number, values)
        yield Line(number, values)


def _refuse_long(name: str, number: int, values: tuple[Value, ...]) -> None:
    for column, value in enumerate(values):
        if isinstance(value, str) and len(value) > MOST_LETTERS:
            raise RuleBroken(
                N_("%(sheet)s, row %(row)d, column %(letter)s: the text is too long."),
                _FIELD,
                sheet=name,
                row=number,
                letter=letters(column),
            )
