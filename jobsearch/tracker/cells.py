"""Cells of somebody's tracker as people fill them in, brought to what the house reads."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from jobsearch.core.sheets import Line, Value
from jobsearch.core.tables import Record, Table

_NOTHING = frozenset({"-", "\u2013", "\u2014", "\u2212", "--"})
_GROUPED = r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f'][0-9]{3})+|[0-9]{1,9}"
_NUMBER = re.compile(
    rf"(?P<whole>{_GROUPED})(?:[.,](?P<part>[0-9]{{1,4}}))?\s*(?:kpl|st|pcs?|h|t)?\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hours>[0-9]{1,2})\s*[ht]\s*(?P<minutes>[0-5]?[0-9])\s*(?:min|m)?\.?", re.IGNORECASE
)
_DAY = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,?\s+)?(?P<day>[0-9]{1,2})\.\s*(?P<month>[0-9]{1,2})\.\s*"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
    r"(?:[ T]0{1,2}:00(?::00)?)?"
)
# the day zero of Excel, and the years in which a number of five digits can only be a day
_DAY_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000 and 2099


def as_people_mean(table: Table) -> list[Record]:
    """The rows below the headings, their known cells brought to numbers, hours and days.

    What is none of these stays as it is and is refused where it is read.
    """
    kinds = {column: key for key, column in table.columns.items()}
    return [Record(table, _line(record.line, kinds)) for record in table.records()]


def _line(line: Line, kinds: Mapping[int, str]) -> Line:
    return Line(
        line.number,
        tuple(_cell(kinds.get(column), value) for column, value in enumerate(line.values)),
    )


def _cell(kind: str | None, value: Value) -> Value:
    if kind is None or kind in ("name", "group"):
        return value
    if isinstance(value, str):
        value = value.strip("' \u00a0\u202f")
        if not value or value in _NOTHING:
            return None
    if kind == "day":
        return _day(value)
    return _hours(value) if kind == "hours" else _number(value)


def _number(value: Value) -> Value:
    """1 234, "4,0", "3 kpl": the number; else the cell as it is."""
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    whole = re.sub(r"[^0-9]", "", found["whole"])
    part = (found["part"] or "").rstrip("0")
    return Decimal(f"{whole}.{part}") if part else int(whole)


def _hours(value: Value) -> Value:
    """4,5 h and 4 h 30 min, as the house reads hours; else the cell as it is."""
    clock = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if clock is not None:
        return f"{clock['hours']}:{int(clock['minutes']):02d}"
    return _number(value)


def _day(value: Value) -> Value:
    """A day in any usual spelling, or a number as Excel counts days; else the cell as it is."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str) and re.fullmatch(r"[0-9]{5}([.,]0+)?", value):
        value = int(value[:5])
    if isinstance(value, (int, Decimal)) and value == int(value):
        is_day = _FIRST_SERIAL <= value <= _LAST_SERIAL
        return _DAY_ZERO + timedelta(days=int(value)) if is_day else value
    if isinstance(value, str) and (found := _DAY.fullmatch(value) or _YEAR_FIRST.fullmatch(value)):
        year = int(found["year"])
        try:
            return date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
        except ValueError:
            return value  # 30.2. is no day
    return value
