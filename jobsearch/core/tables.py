"""A sheet read as a table: its heading row found, its cells as texts, numbers, days and money.

Every refusal is a RuleBroken that names sheet, row and column as a person sees them in Excel.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.sheets import Line, Sheet, Value, letters
from jobsearch.core.text import mark as N_

Titles = Mapping[str, str | Sequence[str]]

_FIELD = "file"
_HEADING_WITHIN = 30  # rows of titles and notes that may stand above the headings
_SHOWN_LETTERS = 60
_MINUTES_IN_HOUR = 60
_EXCEL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#PUUTTUU!"}
)
_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,9}([.,][0-9]{1,4})?")
_NEARLY_WHOLE = Decimal("0.01")  # a third of an hour is 0.333 h in a sheet
_MOST = 10**9  # no count, sum or hour of the programme comes near it
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_DAY = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")


def sheet_named(sheets: Sequence[Sheet], name: str) -> Sheet:
    """The sheet of this name, whatever its capitals. Raises RuleBroken when there is none."""
    for sheet in sheets:
        if _plain(sheet.name) == _plain(name):
            return sheet
    raise RuleBroken(N_("The workbook has no sheet named %(sheet)s."), _FIELD, sheet=name)


def read_table(sheet: Sheet, required: Titles, optional: Titles | None = None) -> "Table":
    """Find the heading row and say which column is which.

    `required` and `optional` map the code's name of a column to its title in the sheet, or to
    several titles that are accepted. Columns beside them are left alone. Raises RuleBroken when a
    required title is missing or any title stands there twice.
    """
    heading = _heading(sheet, required)
    titles = [_plain(value) for value in heading.values]
    columns: dict[str, int] = {}
    for key, accepted in {**required, **(optional or {})}.items():
        wanted = [_plain(title) for title in _several(accepted)]
        places = [column for column, title in enumerate(titles) if title in wanted]
        if len(places) > 1:
            raise RuleBroken(
                N_("%(sheet)s, row %(row)d: the heading “%(title)s” stands there twice."),
                _FIELD,
                sheet=sheet.name,
                row=heading.number,
                title=str(heading.values[places[0]]),
            )
        if places:
            columns[key] = places[0]
        elif key in required:
            raise RuleBroken(
                N_("%(sheet)s, row %(row)d: the heading “%(title)s” is missing."),
                _FIELD,
                sheet=sheet.name,
                row=heading.number,
                title=_several(accepted)[0],
            )
    return Table(sheet, heading, columns)


def _heading(sheet: Sheet, required: Titles) -> Line:
    """The one of the first rows that holds the most of the titles, the first of equals."""
    if not sheet.lines:
        raise RuleBroken(N_("%(sheet)s is empty."), _FIELD, sheet=sheet.name)
    wanted = {_plain(title) for accepted in required.values() for title in _several(accepted)}
    return max(
        sheet.lines[:_HEADING_WITHIN],
        key=lambda line: len(wanted & {_plain(value) for value in line.values}),
    )


def _several(accepted: str | Sequence[str]) -> Sequence[str]:
    return (accepted,) if isinstance(accepted, str) else accepted


def _plain(value: Value) -> str:
    return " ".join(str(value if value is not None else "").split()).casefold()


@dataclass(frozen=True, slots=True)
class Table:
    """A heading row and what stands below it."""

    sheet: Sheet
    heading: Line
    columns: Mapping[str, int]

    def records(self) -> Iterator["Record"]:
        """The rows below the headings that hold something, top to bottom."""
        for line in self.sheet.lines:
            if line.number > self.heading.number:
                yield Record(self, line)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table; columns are named by the code's names."""

    table: Table
    line: Line

    @property
    def number(self) -> int:
        """The row's number as Excel shows it."""
        return self.line.number

    def refuse(self, key: str, message: str, **gaps: object) -> RuleBroken:
        """A refusal to raise; the message may use the gaps sheet, row, letter, column, value."""
        column = self.table.columns.get(key, 0)
        return RuleBroken(
            message,
            _FIELD,
            sheet=self.table.sheet.name,
            row=self.line.number,
            letter=letters(column),
            column=" ".join(str(self.table.heading.at(column)).split()),
            value=str(self.value(key) or "")[:_SHOWN_LETTERS],
            **gaps,
        )

    def value(self, key: str) -> Value:
        """The cell as it is; None when it is empty or the sheet has no such column."""
        column = self.table.columns.get(key)
        return None if column is None else self.line.at(column)

    def text(self, key: str) -> str:
        """The cell as text, "" when empty. Raises RuleBroken for an error of Excel's."""
        value = self.value(key)
        if isinstance(value, str) and value.upper() in _EXCEL_ERRORS:
            raise self.refuse(
                key,
                N_(
                    "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                    "the cell shows %(value)s."
                ),
            )
        return "" if value is None else str(value)

    def needed(self, key: str) -> str:
        """The cell as text. Raises RuleBroken when it is empty."""
        text = self.text(key)
        if not text:
            raise self.refuse(
                key, N_("%(sheet)s, row %(row)d, column %(letter)s (%(column)s) is empty.")
            )
        return text

    def number_or_none(self, key: str) -> Decimal | None:
        """The cell as a number, 4,5 and 4.5 alike; None when empty. Raises RuleBroken."""
        value = self.value(key)
        number: Decimal | None = None
        if value is None:
            return None
        if isinstance(value, (int, Decimal)):
            number = Decimal(value)
        elif isinstance(value, str) and _NUMBER.fullmatch(value):
            number = Decimal(value.replace(",", ".").replace("\u2212", "-"))
        if number is not None and abs(number) < _MOST:
            return number
        raise self.refuse(
            key,
            N_(
                "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                "a number belongs here, not “%(value)s”."
            ),
        )

    def whole(self, key: str) -> int | None:
        """The cell as a whole number from 0 up; None when empty. Raises RuleBroken."""
        number = self.number_or_none(key)
        if number is None:
            return None
        if number < 0 or number != number.to_integral_value():
            raise self.refuse(
                key,
                N_(
                    "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                    "a whole number from 0 up belongs here, not “%(value)s”."
                ),
            )
        return int(number)

    def minutes(self, key: str) -> int | None:
        """Hours (4,5 or 4:30) as whole minutes from 0 to 24 h; None when empty."""
        value = self.value(key)
        clock = (
            re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])", value) if isinstance(value, str) else None
        )
        if isinstance(value, time):
            minutes = Decimal(value.hour * _MINUTES_IN_HOUR + value.minute)
        elif clock:
            minutes = Decimal(int(clock[1]) * _MINUTES_IN_HOUR + int(clock[2]))
        else:
            hours = self.number_or_none(key)
            if hours is None:
                return None
            minutes = hours * _MINUTES_IN_HOUR
        whole = int(minutes.to_integral_value())
        if not 0 <= whole <= 24 * _MINUTES_IN_HOUR or abs(minutes - whole) > _NEARLY_WHOLE:
            raise self.refuse(
                key,
                N_(
                    "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                    "hours from 0 to 24 belong here, not “%(value)s”."
                ),
            )
        return whole

    def money(self, key: str) -> Money | None:
        """Euros with at most two decimals, exact; None when empty. Raises RuleBroken."""
        number = self.number_or_none(key)
        if number is None:
            return None
        cents = number * 100
        if cents != cents.to_integral_value():
            raise self.refuse(
                key,
                N_(
                    "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                    "euros with at most two decimals belong here, not “%(value)s”."
                ),
            )
        return Money(int(cents))

    def day(self, key: str) -> date | None:
        """A date cell, 2021-05-17 or 17.5.2021; None when empty. Raises RuleBroken."""
        value = self.value(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        try:
            if isinstance(value, str) and (found := _DAY.fullmatch(value)):
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
            if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.refuse(
            key,
            N_(
                "%(sheet)s, row %(row)d, column %(letter)s (%(column)s): "
                "a day such as 17.5.2021 belongs here, not “%(value)s”."
            ),
        )
