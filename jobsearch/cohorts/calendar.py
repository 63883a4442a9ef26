"""Where the days of a cohort fall: template order, public holidays, days that were lost."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}
_FRIDAY = 4
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def holidays_of(year: int, language: str = "fi") -> dict[date, str]:
    """Finland's public holidays of a year by name; Christmas Eve and Midsummer Eve are among them.

    Act 388/1937 and the holidays act; the eves count as holidays (house decision, Calendar).
    """
    # 0.3 s to import and not needed by most processes
    import holidays  # noqa: PLC0415

    return dict(
        holidays.country_holidays("FI", years=year, language=_LANGUAGES.get(language, "fi"))
    )


def holiday_name(day: date, language: str = "fi") -> str | None:
    """What holiday a day is, in words; None for an ordinary day."""
    return holidays_of(day.year, language).get(day)


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday, Christmas Eve or Midsummer Eve."""
    return day in holidays_of(day.year)


def is_free_weekday(day: date) -> bool:
    """Whether work can be done on a day: Monday to Friday and no holiday."""
    return day.weekday() <= _FRIDAY and not is_holiday(day)


def free_weekday_from(day: date) -> date:
    """The day itself where people work on it, else the next one on which they do."""
    while not is_free_weekday(day):
        day += _ONE_DAY
    return day


def open_weekday(closed: Collection[date]) -> Callable[[date], bool]:
    """The same for a provider that is closed on some days of its own."""
    return lambda day: is_free_weekday(day) and day not in closed


@dataclass(frozen=True, slots=True)
class Placed:
    """One day of the template with its date: `on` is where it is, `planned_on` where it would be.

    They differ when a holiday pushed it; it never comes earlier than planned.
    """

    position: int
    planned_on: date
    on: date

    @property
    def is_moved(self) -> bool:
        """Whether a holiday pushed it."""
        return self.on != self.planned_on


def place_days(
    weekdays: Sequence[int],
    starts_on: date,
    is_free: Callable[[date], bool] = is_free_weekday,
) -> list[Placed]:
    """Give the template's days (their weekdays in order, Monday is 0) their dates.

    Planned dates follow the template's weekdays from the start date on. A day lost to a holiday
    moves to that week's Friday, else to the next free weekday; the order of the days is kept, so
    that every day comes on its planned date or later.
    """
    planned = _planned(weekdays, starts_on)
    taken = set(planned)
    dates = []
    for day in planned:
        if is_free(day):
            dates.append(day)
        else:
            dates.append(_instead(day, taken, is_free))
            taken.add(dates[-1])
    return [
        Placed(number, was, now)
        for number, (was, now) in enumerate(zip(planned, sorted(dates), strict=True), 1)
    ]


def _planned(weekdays: Sequence[int], starts_on: date) -> list[date]:
    """The template's weekdays from the start on; a start inside the week begins its cycle there."""
    used = sorted(set(weekdays))
    planned: list[date] = []
    day = starts_on
    while len(planned) < len(weekdays):
        if day.weekday() in used:
            planned.append(day)
        day += _ONE_DAY
    return planned


def _instead(day: date, taken: Collection[date], is_free: Callable[[date], bool]) -> date:
    friday = day + timedelta(days=_FRIDAY - day.weekday())
    if is_free(friday) and friday not in taken:
        return friday
    other = day + _ONE_DAY
    while not is_free(other) or other in taken:
        other += _ONE_DAY
    return other
