"""What a participant's page of her own hours shows; two statements."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from jobsearch.attendance.rules import AttendanceState
from jobsearch.attendance.weeks.queries import OwnHours, list_own_days, weeks_said
from jobsearch.attendance.weeks.rules import DayToday, is_late, is_open
from jobsearch.core.access import Actor
from jobsearch.core.clock import HOME, local, now
from jobsearch.core.periods import minute_of


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """One week of own hours, and where it is on its way to pay."""

    enrolment_id: str
    number: int
    days: tuple[OwnHours, ...]
    is_said: bool
    today: date

    @property
    def is_over(self) -> bool:
        """Whether its last day has come."""
        return all(day.on <= self.today for day in self.days)

    @property
    def is_marked(self) -> bool:
        """Whether every working day of it is marked."""
        return all(day.mark is not None for day in self.days if not day.is_cancelled)

    @property
    def is_approved(self) -> bool:
        """Whether its hours are approved or paid."""
        states = {day.state for day in self.days if day.state is not None}
        return bool(states) and AttendanceState.MARKED not in states and self.is_marked

    @property
    def paid_minutes(self) -> int:
        """Paid minutes of the days that are marked."""
        return sum(day.paid_minutes or 0 for day in self.days)


@dataclass(frozen=True, slots=True)
class OwnWeeks:
    """Own hours by week, newest group last, and what can be done today."""

    weeks: tuple[OwnWeek, ...]
    today: date
    minute: int

    @property
    def of_today(self) -> OwnHours | None:
        """Today's working day."""
        days = (day for week in self.weeks for day in week.days)
        return next((day for day in days if day.on == self.today and not day.is_cancelled), None)

    @property
    def can_check_in(self) -> bool:
        """Whether today's day runs and is not marked."""
        day = self.of_today
        return day is not None and day.mark is None and is_open(_as_found(day), self.minute)

    @property
    def to_come(self) -> list[OwnHours]:
        """The working days of which one can still tell in advance."""
        return [
            day
            for week in self.weeks
            for day in week.days
            if not day.is_cancelled
            and (
                day.on > self.today
                or (day.on == self.today and self.minute < day.ends_minute and day.mark is None)
            )
        ]

    @property
    def told(self) -> list[OwnHours]:
        """The days to come of which something is told."""
        return [day for day in self.to_come if day.notice_id]


def _as_found(day: OwnHours) -> DayToday:
    return DayToday(day.starts_minute, day.ends_minute, day.mark)


def came_late(day: OwnHours) -> bool:
    """Whether the check-in of a day was later than its beginning and a little."""
    if day.checked_in_at is None:
        return False
    here = local(day.checked_in_at, HOME)
    return is_late(_as_found(day), minute_of(here))


def own_weeks(actor: Actor) -> OwnWeeks:
    """A participant's own hours by week."""
    here = local(now(), actor.zone)
    days = list_own_days(actor.person_id or "")
    said = weeks_said({day.enrolment_id for day in days})
    weeks = [
        OwnWeek(enrolment_id, number, tuple(some), (enrolment_id, number) in said, here.date())
        for (enrolment_id, number), some in groupby(
            days, key=lambda day: (day.enrolment_id, day.week)
        )
    ]
    return OwnWeeks(tuple(weeks), here.date(), minute_of(here))
