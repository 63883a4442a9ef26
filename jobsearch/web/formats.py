"""The one module of formats: dates, times, money, hours and counts as they are written here.

Every function takes the language (`fi`, `sv` or `en`) and is pure, so that documents and
messages use the same forms as pages. Nothing known (None) is written as a dash. In templates they
are the filters of `web.filters`, which take the language from the reader.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

import phonenumbers
from babel import Locale
from babel.lists import format_list

from jobsearch.core.clock import HOME, local
from jobsearch.core.money import Money, Rate
from jobsearch.core.periods import Span
from jobsearch.core.text import DEFAULT_LANGUAGE

NBSP: Final = "\u00a0"  # between a figure and its unit, and between thousands
MINUS: Final = "\u2212"
DASH: Final = "\u2013"  # ranges, and "nothing here"

LOCALES: Final = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_FI"}
_FINLAND: Final = 358
_AT: Final = {"fi": f"klo{NBSP}", "sv": f"kl.{NBSP}", "en": ""}
_WEEK: Final = {"fi": "viikko", "sv": "vecka", "en": "week"}

Figure = int | float | Decimal | str  # a text as other programs write it: "2.05"


@lru_cache
def _names(language: str, kind: str, width: str) -> dict[int, str]:
    """Names of days or months from Babel, standing alone ("tiistai", not "tiistaina")."""
    found = Locale.parse(LOCALES[language])
    names = found.days if kind == "days" else found.months
    return dict(names["stand-alone"][width])


def _weekday(day: date, language: str, width: str) -> str:
    return _names(language, "days", width)[day.weekday()]


def weekday_names(language: str = DEFAULT_LANGUAGE) -> list[str]:
    """Monday to Friday in words."""
    names = _names(language, "days", "wide")
    return [names[number] for number in range(5)]


def _month_name(day: date, language: str, width: str = "wide") -> str:
    return _names(language, "months", width)[day.month]


def _day_of(value: date) -> date:
    return local(value).date() if isinstance(value, datetime) else value


# Days -----------------------------------------------------------------------------------------


def date_text(value: date | None, language: str = DEFAULT_LANGUAGE) -> str:
    """A whole date: `21.11.2026`, in English `21 November 2026`."""
    if value is None:
        return DASH
    day = _day_of(value)
    if language == "en":
        return f"{day.day}{NBSP}{_month_name(day, language)} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def bare_day(value: date | None, language: str = DEFAULT_LANGUAGE) -> str:
    """A date whose year is plain from the page: `24.11.`, `24.11`, `24 Nov`."""
    if value is None:
        return DASH
    day = _day_of(value)
    if language == "en":
        return f"{day.day}{NBSP}{_month_name(day, language, 'abbreviated')}"
    return f"{day.day}.{day.month}" + ("." if language == "fi" else "")


def short_day(value: date | None, language: str = DEFAULT_LANGUAGE) -> str:
    """A date in a list, with its weekday: `ti 24.11.`, `tis 24.11`, `Tue 24 Nov`."""
    if value is None:
        return DASH
    day = _day_of(value)
    return f"{_weekday(day, language, 'abbreviated')}{NBSP}{bare_day(day, language)}"


def long_day(value: date | None, language: str = DEFAULT_LANGUAGE) -> str:
    """A date in full: `tiistai 24.11.2026`, `Tuesday 24 November 2026`."""
    if value is None:
        return DASH
    day = _day_of(value)
    return f"{_weekday(day, language, 'wide')} {date_text(day, language)}"


def month_text(value: date | None, language: str = DEFAULT_LANGUAGE) -> str:
    """A month and its year: `marraskuu 2026`."""
    if value is None:
        return DASH
    day = _day_of(value)
    return f"{_month_name(day, language)} {day.year}"


def week_text(value: date | int | None, language: str = DEFAULT_LANGUAGE) -> str:
    """The ISO week of a day, or a week by its number: `viikko 48`."""
    if value is None:
        return DASH
    number = value if isinstance(value, int) else _day_of(value).isocalendar().week
    return f"{_WEEK[language]}{NBSP}{number}"


def day_range(
    first: date | Span | None, last: date | None = None, language: str = DEFAULT_LANGUAGE
) -> str:
    """From a day to a day: `16.11.\u20133.12.2026`; without a last day it is still open."""
    if isinstance(first, Span):
        return day_range(first.first, first.last, language)
    if first is None:
        return DASH
    if last is None:
        return date_text(first, language) + (f" {DASH}" if language == "en" else DASH)
    first, last = _day_of(first), _day_of(last)
    if first == last:
        return date_text(first, language)
    return _closed_range(first, last, language)


def _closed_range(first: date, last: date, language: str) -> str:
    end = date_text(last, language)
    if first.year != last.year:
        start = date_text(first, language)
    elif language != "en":
        start = bare_day(first, language)
    elif first.month == last.month:
        return f"{first.day}{DASH}{end}"
    else:
        start = f"{first.day}{NBSP}{_month_name(first, language)}"
    return f"{start} {DASH} {end}" if language == "en" else f"{start}{DASH}{end}"


# Times ----------------------------------------------------------------------------------------


def time_text(
    value: time | datetime | None, language: str = DEFAULT_LANGUAGE, zone: str = HOME
) -> str:
    """A time of day as the wall shows it: `8.30`, in English `8:30`. Instants must be aware."""
    if value is None:
        return DASH
    if isinstance(value, datetime):
        value = _on_the_wall(value, zone)
    mark = ":" if language == "en" else "."
    return f"{value.hour}{mark}{value.minute:02d}"


def at_time(
    value: time | datetime | None, language: str = DEFAULT_LANGUAGE, zone: str = HOME
) -> str:
    """A time inside a sentence: `klo 8.30`, `kl. 8.30`, `8:30`."""
    return DASH if value is None else _AT[language] + time_text(value, language, zone)


def time_range(
    first: time | datetime, last: time | datetime, language: str = DEFAULT_LANGUAGE
) -> str:
    """From a time to a time: `9.00\u201312.00`."""
    return f"{time_text(first, language)}{DASH}{time_text(last, language)}"


def moment(value: datetime | None, language: str = DEFAULT_LANGUAGE, zone: str = HOME) -> str:
    """A day and a time: `24.11.2026 klo 9.14`, `24 November 2026, 9:14`."""
    if value is None:
        return DASH
    day = date_text(_on_the_wall(value, zone).date(), language)
    joint = "," if language == "en" else ""
    return f"{day}{joint} {at_time(value, language, zone)}"


def _on_the_wall(instant: datetime, zone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown")
    return local(instant, zone)


# Figures --------------------------------------------------------------------------------------


def number(
    value: Figure | None, decimals: int | None = None, language: str = DEFAULT_LANGUAGE
) -> str:
    """A figure: `1 234,5`. Without `decimals` as many as it has; with them, rounded half up."""
    if value is None:
        return DASH
    exact = Decimal(str(value))
    if decimals is None:
        exact = exact.normalize() if exact % 1 else exact.quantize(Decimal(1))
    else:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(exact):,f}".replace(",", NBSP)
    if language != "en":
        text = text.replace(".", ",")
    return (MINUS if exact < 0 else "") + text


def amount(value: Money | None, language: str = DEFAULT_LANGUAGE) -> str:
    """Euros in a column whose head says so: `2 419,03`."""
    return DASH if value is None else number(Decimal(value.cents).scaleb(-2), 2, language)


def money(value: Money | None, language: str = DEFAULT_LANGUAGE) -> str:
    """Euros with their sign: `11,50 €`."""
    return DASH if value is None else f"{amount(value, language)}{NBSP}€"


def percent(
    value: Rate | Figure | None, decimals: int | None = None, language: str = DEFAULT_LANGUAGE
) -> str:
    """A percentage: `7,15 %`, `18 %`. A plain figure is taken as percents (55 is 55 %)."""
    if value is None:
        return DASH
    figure = Decimal(value.basis_points).scaleb(-2) if isinstance(value, Rate) else value
    return f"{number(figure, decimals, language)}{NBSP}%"


def hour_count(
    minutes: int | None, decimals: int | None = None, language: str = DEFAULT_LANGUAGE
) -> str:
    """Minutes as hours in a column whose head says so: `4,5`; `48,0` with `decimals=1`."""
    if minutes is None:
        return DASH
    exact = Decimal(minutes) / 60
    if decimals is None:
        exact = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return number(exact, decimals, language)


def hours(
    minutes: int | None, decimals: int | None = None, language: str = DEFAULT_LANGUAGE
) -> str:
    """Minutes as hours: `4,5 h`, `48 h`."""
    return DASH if minutes is None else f"{hour_count(minutes, decimals, language)}{NBSP}h"


def duration(minutes: int | None) -> str:
    """Minutes as a person says them: `2 h 45 min`. The same in all three languages."""
    if minutes is None:
        return DASH
    whole, rest = divmod(abs(minutes), 60)
    parts = [f"{whole}{NBSP}h"] if whole else []
    if rest or not whole:
        parts.append(f"{rest}{NBSP}min")
    return (MINUS if minutes < 0 else "") + " ".join(parts)


def of(done: int | None, goal: int | None, language: str = DEFAULT_LANGUAGE) -> str:
    """A count beside what it is a part of: `4 / 6`, never a bare percentage of few."""
    return f"{number(done, 0, language)}{NBSP}/{NBSP}{number(goal, 0, language)}"


def phone(value: str) -> str:
    """A telephone number as it is read: `+358401234567` is 040 1234567, others +46 8 123 45."""
    try:
        number = phonenumbers.parse(value, "FI")
    except phonenumbers.NumberParseException:
        return value
    kinds = phonenumbers.PhoneNumberFormat
    kind = kinds.NATIONAL if number.country_code == _FINLAND else kinds.INTERNATIONAL
    return str(phonenumbers.format_number(number, kind)).replace(" ", NBSP)


# Words ----------------------------------------------------------------------------------------


def names(values: Iterable[str], language: str = DEFAULT_LANGUAGE) -> str:
    """People in a sentence: `Aino, Jari ja Mira`."""
    return format_list(list(values), locale=LOCALES[language])


def initials(name: str) -> str:
    """The letters in a person's circle: `Aino Lehtoranta` is AL, `Aino` is A."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if words[1:] else words)).upper()


def iban(value: str) -> str:
    """An account number in fours: `FI21 1234 5600 0007 85`."""
    bare = value.replace(" ", "")
    return NBSP.join(bare[at : at + 4] for at in range(0, len(bare), 4))
