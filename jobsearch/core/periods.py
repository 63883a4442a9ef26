"""Spans of days: months, weeks, working days and banking days, with the holidays given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
_SATURDAY = 6  # ISO weekday
_NO_HOLIDAYS: frozenset[date] = frozenset()


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Days from the first to the last, both inside; no last day means still open."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"the span ends ({self.last}) before it begins ({self.first})")

    def contains(self, day: date) -> bool:
        """Whether the day is inside."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )

    def until(self, day: date) -> Span:
        """The same span, ending on the day at the latest."""
        return Span(self.first, day if self.last is None else min(self.last, day))

    def days(self) -> Iterator[date]:
        """Every day in order; ValueError for an open span."""
        day, last = self.first, self._end()
        while day <= last:
            yield day
            day += ONE_DAY

    def length(self) -> int:
        """How many days; ValueError for an open span."""
        return (self._end() - self.first).days + 1

    def months(self) -> list[Span]:
        """The calendar months that it touches, whole; ValueError for an open span."""
        found, month, last = [], month_of(self.first), self._end()
        while month.first <= last:
            found.append(month)
            month = month_of(month._end() + ONE_DAY)
        return found

    def weeks(self) -> list[Span]:
        """The weeks, Monday to Sunday, that it touches, whole; ValueError for an open span."""
        found, week, last = [], week_of(self.first), self._end()
        while week.first <= last:
            found.append(week)
            week = week_of(week._end() + ONE_DAY)
        return found

    def _end(self) -> date:
        if self.last is None:
            raise ValueError("the span has no last day")
        return self.last


def month_of(day: date) -> Span:
    """The calendar month of the day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Span(first, following - ONE_DAY)


def year_of(day: date) -> Span:
    """The calendar year of the day."""
    return Span(date(day.year, 1, 1), date(day.year, 12, 31))


def week_of(day: date) -> Span:
    """The week of the day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def week_number(day: date) -> int:
    """The ISO number of the day's week."""
    return day.isocalendar().week


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_of(date(year, month + 1, 1))._end()
    return last.replace(day=min(day.day, last.day))


def age_on(born_on: date, day: date) -> int:
    """Full years of age on the day; someone born on 29 February turns on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_working_day(day: date, holidays: Collection[date] = _NO_HOLIDAYS) -> bool:
    """Monday to Friday and none of the holidays given."""
    return day.isoweekday() < _SATURDAY and day not in holidays


def working_days(span: Span, holidays: Collection[date] = _NO_HOLIDAYS) -> list[date]:
    """The working days of a span in order; ValueError for an open span."""
    return [day for day in span.days() if is_working_day(day, holidays)]


def is_banking_day(day: date, holidays: Collection[date]) -> bool:
    """Whether banks move money on the day: Monday to Friday and no holiday.

    Christmas Eve and Midsummer Eve are banking holidays in Finland, so the holidays given must
    hold them.
    """
    return is_working_day(day, holidays)


def next_banking_day(day: date, holidays: Collection[date]) -> date:
    """The day itself if banks are open on it, else the first following day on which they are."""
    while not is_banking_day(day, holidays):
        day += ONE_DAY
    return day


def previous_banking_day(day: date, holidays: Collection[date]) -> date:
    """The day itself if banks are open on it, else the last one before it on which they were."""
    while not is_banking_day(day, holidays):
        day -= ONE_DAY
    return day


def time_of(minute: int) -> time:
    """A minute counted from midnight as the clock shows it; whole days are left out."""
    return time(*divmod(minute % (24 * 60), 60))


def minute_of(at: datetime | time) -> int:
    """The minute of the day of a time on the wall."""
    return at.hour * 60 + at.minute


def instant_of(day: date, minute: int, zone: str) -> datetime:
    """The instant at which the clock on a zone's wall shows a minute of a day.

    A day of work begins at nine before and after a clock change.
    """
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    return midnight + timedelta(minutes=minute)  # on the wall's clock, as the zone is attached
