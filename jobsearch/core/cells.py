"""A sheet's columns found by their headers, and its cells read as what they must be, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money, round_half_up
from jobsearch.core.sheets import Line, Sheet, Value, letters
from jobsearch.core.text import clean
from jobsearch.core.text import mark as N_

MOST_PROBLEMS = 50
_HEADER_WITHIN = 12  # rows of titles above a header
_MOST_LETTERS = 2_000
_LONGEST_QUOTE = 40
_DAY = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_NUMBER = re.compile(r"[-\u2212]?\d{1,12}(?:[.,]\d{1,6})?")
TOTAL_WORDS = frozenset({"yhteensä", "summa", "summa totalt", "totalt", "total", "yht"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: a marked sentence, and its gaps with the place."""

    message: str
    gaps: Mapping[str, object]


class FileRefused(RuleBroken):
    """A file that is not taken in, with everything that is wrong in it; nothing of it is kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, "file", **first.gaps)
        self.problems = tuple(problems[:MOST_PROBLEMS])


@dataclass(frozen=True, slots=True)
class Column:
    """A column to look for: our key, the headers it goes by, and whether a file must have it."""

    key: str
    headers: tuple[str, ...]
    required: bool = True


@dataclass(slots=True)
class Problems:
    """What is wrong so far; reading goes on so that a person can mend all of it at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, message: str, **gaps: object) -> None:
        """Note one more."""
        self.found.append(Problem(message, gaps))

    def refuse_if_any(self) -> None:
        """Raise FileRefused with all of them."""
        if self.found:
            raise FileRefused(self.found)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key's column stands: its number from 0 and its header as written."""

    column: int
    header: str

    def __str__(self) -> str:
        return f"{letters(self.column)} ({self.header})"


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the header. A cell that is not what it must be is noted as a problem."""

    sheet: str
    line: Line
    places: Mapping[str, Place]
    problems: Problems

    @property
    def number(self) -> int:
        """The row's number as the spreadsheet shows it."""
        return self.line.number

    @property
    def is_total(self) -> bool:
        """Whether this is a row of sums rather than of a person."""
        first = next((value for value in self.line.values if value not in (None, "")), None)
        return isinstance(first, str) and _plain(first).rstrip(":.") in TOTAL_WORDS

    def raw(self, key: str) -> Value:
        """The cell as it is; None where the file has no such column."""
        place = self.places.get(key)
        value = self.line.at(place.column) if place else None
        return None if isinstance(value, str) and not clean(value) else value

    def refuse(self, key: str, message: str, **gaps: object) -> None:
        """Note what is wrong with this cell; the sentence names sheet, row and column."""
        gaps |= {"sheet": self.sheet, "row": self.number, "column": str(self.places[key])}
        self.problems.add(message, **gaps)

    def text(self, key: str, *, required: bool = False) -> str:
        """The cell as one line of text; nothing is an empty text, refused where it is required."""
        value = self.raw(key)
        if value is None:
            if required:
                self.refuse(
                    key, N_("%(sheet)s, row %(row)d, column %(column)s: the cell is empty.")
                )
            return ""
        text = " ".join(clean(written(value)).split())
        if len(text) > _MOST_LETTERS:
            message = N_("%(sheet)s, row %(row)d, column %(column)s: the text is too long.")
            self.refuse(key, message)
        return text[:_MOST_LETTERS]

    def day(self, key: str, *, required: bool = True) -> date | None:
        """The cell as a day: a real date, 2021-04-22 or 22.4.2021."""
        value = self.raw(key)
        if value is None:
            self.text(key, required=required)
            return None
        day = day_of(value)
        if day is None:
            message = N_("%(sheet)s, row %(row)d, column %(column)s: “%(text)s” is not a date.")
            self.refuse(key, message, text=_quoted(value))
        return day

    def number_of(self, key: str, *, required: bool = False) -> Decimal | None:
        """The cell as a number, also one written as text with a decimal comma."""
        value = self.raw(key)
        if value is None:
            self.text(key, required=required)
            return None
        number = number_of(value)
        if number is None:
            message = N_("%(sheet)s, row %(row)d, column %(column)s: “%(text)s” is not a number.")
            self.refuse(key, message, text=_quoted(value))
        return number

    def whole(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        """The cell as a whole number between two, both allowed; None where nothing is written."""
        number = self.number_of(key, required=required)
        if number is None:
            return None
        if number != number.to_integral_value() or not low <= number <= high:
            message = N_(
                "%(sheet)s, row %(row)d, column %(column)s: “%(text)s” is not a whole number"
                " from %(low)d to %(high)d."
            )
            self.refuse(key, message, text=_quoted(self.raw(key)), low=low, high=high)
            return None
        return int(number)

    def minutes(self, key: str, most_hours: int = 24) -> int | None:
        """The cell's hours as whole minutes; “4,5” is 270."""
        hours = self.number_of(key)
        if hours is None:
            return None
        if not 0 <= hours <= most_hours or hours * 60 != (hours * 60).to_integral_value():
            message = N_(
                "%(sheet)s, row %(row)d, column %(column)s: “%(text)s” is not a day's working hours."
            )
            self.refuse(key, message, text=_quoted(self.raw(key)))
            return None
        return int(hours * 60)

    def money(self, key: str) -> Money | None:
        """The cell as euros, half-up to the cent; required."""
        euros = self.number_of(key, required=True)
        if euros is None:
            return None
        top, bottom = (euros * 100).as_integer_ratio()
        return Money(round_half_up(top, bottom))


def read_rows(sheet: Sheet, columns: Sequence[Column], problems: Problems) -> list[Row]:
    """The rows under the header of a sheet, whatever the order and case of its columns.

    A header that is missing, doubled or renamed is noted as a problem and gives no rows.
    """
    wanted = {_plain(header): column for column in columns for header in column.headers}
    head = _header(sheet, wanted)
    if head is None:
        message = N_("%(sheet)s: no header row was found; it needs the columns %(columns)s.")
        named = ", ".join(column.headers[0] for column in columns if column.required)
        problems.add(message, sheet=sheet.name, columns=named)
        return []
    places = _places(sheet, head, wanted, problems)
    missing = [column for column in columns if column.required and column.key not in places]
    for column in missing:
        message = N_("%(sheet)s, row %(row)d: the column “%(column)s” is missing from the header.")
        problems.add(message, sheet=sheet.name, row=head.number, column=column.headers[0])
    if missing:
        return []
    below = (line for line in sheet.lines if line.number > head.number)
    return [Row(sheet.name, line, places, problems) for line in below]


def _header(sheet: Sheet, wanted: Mapping[str, Column]) -> Line | None:
    best, most = None, 1
    for line in sheet.lines[:_HEADER_WITHIN]:
        hits = sum(isinstance(value, str) and _plain(value) in wanted for value in line.values)
        if hits > most:
            best, most = line, hits
    return best


def _places(
    sheet: Sheet, head: Line, wanted: Mapping[str, Column], problems: Problems
) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for number, value in enumerate(head.values):
        column = wanted.get(_plain(value)) if isinstance(value, str) else None
        if column is None:
            continue
        place = Place(number, " ".join(str(value).split()))
        if column.key in places:
            message = N_("%(sheet)s, row %(row)d: the column %(column)s is in the header twice.")
            problems.add(message, sheet=sheet.name, row=head.number, column=str(place))
        places.setdefault(column.key, place)
    return places


def day_of(value: Value) -> date | None:
    """A cell as a day, or None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    text = clean(value)
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        return date.fromisoformat(text) if len(text) == len("2021-04-22") else None
    except ValueError:
        return None


def number_of(value: Value) -> Decimal | None:
    """A cell as a number, or None when it is none; spaces between thousands are allowed."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    if not isinstance(value, str):
        return None
    text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", clean(value)).removesuffix("€").strip()
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", ".").replace("\u2212", "-"))


def check_total(total: Row, keys: Sequence[str], sums: Mapping[str, Decimal]) -> None:
    """A row of sums must equal its columns; what differs is noted with both figures."""
    for key in keys:
        said = total.number_of(key) if key in total.places else None
        made = sums.get(key, Decimal(0))
        if said is not None and said != made:
            message = N_(
                "%(sheet)s, row %(row)d, column %(column)s: the total says %(said)s,"
                " but the rows above make %(made)s."
            )
            total.refuse(key, message, said=written(said), made=written(made))


def same(text: str) -> str:
    """The text in the form in which two spellings of the same name or label are equal."""
    return _plain(text)


def written(value: Value) -> str:
    """A cell as a person would type it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _quoted(value: Value) -> str:
    text = clean(written(value))
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _plain(text: str) -> str:
    return " ".join(clean(text).replace("\u00ad", "").casefold().split())
