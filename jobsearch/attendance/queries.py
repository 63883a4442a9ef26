"""What is asked of attendance: paid minutes, and planned, marked and paid hours side by side."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.cohorts.rules import EnrolmentState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person


def paid_minutes(
    enrolment_ids: Collection[str], first: date | None = None, last: date | None = None
) -> dict[str, int]:
    """Paid minutes by enrolment, of days from `first` to `last` (of all days); cancelled days pay
    nothing. Who has no marked day is not in the answer: not marked is never zero hours.
    """
    statement = (
        select(Attendance.enrolment_id, func.sum(Attendance.paid_minutes))
        .join(CohortDay, Attendance.cohort_day_id == CohortDay.id)
        .where(Attendance.enrolment_id.in_(sorted(enrolment_ids)), CohortDay.cancelled_at.is_(None))
        .group_by(Attendance.enrolment_id)
    )
    if first is not None:
        statement = statement.where(CohortDay.on >= first)
    if last is not None:
        statement = statement.where(CohortDay.on <= last)
    return {enrolment_id: int(total) for enrolment_id, total in db.session.execute(statement)}


def find_attendance(enrolment_id: str, day_id: str) -> Attendance | None:
    """What is marked of one person's day."""
    statement = select(Attendance).where(
        Attendance.enrolment_id == enrolment_id, Attendance.cohort_day_id == day_id
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class DayOfPerson:
    """One person's working day with what is marked of it; no mark is an exception, not zero."""

    enrolment_id: str
    name: str
    day_id: str
    week: int
    position: int
    on: date
    planned_minutes: int
    attendance_id: str | None
    mark: Mark | None
    paid_minutes: int | None
    state: AttendanceState | None
    extra_minutes: int | None = None

    @property
    def is_missing(self) -> bool:
        """The day has come and is not marked."""
        return self.mark is None and self.on <= today()

    @property
    def is_unsettled(self) -> bool:
        """An absence of which nobody has said whether it is paid."""
        return self.mark is Mark.UNSETTLED_ABSENCE


_DAYS_OF_PEOPLE = (
    select(
        Enrolment.id,
        (Person.family_name + " " + Person.given_name).label("name"),
        CohortDay.id,
        CohortDay.week,
        CohortDay.position,
        CohortDay.on,
        CohortDay.paid_minutes,
        Attendance.id,
        Attendance.mark,
        Attendance.paid_minutes,
        Attendance.state,
        Attendance.extra_minutes,
    )
    .join(Person, Enrolment.person_id == Person.id)
    .join(CohortDay, CohortDay.cohort_id == Enrolment.cohort_id)
    .outerjoin(
        Attendance,
        and_(Attendance.enrolment_id == Enrolment.id, Attendance.cohort_day_id == CohortDay.id),
    )
    .where(
        Enrolment.state != EnrolmentState.WITHDREW,
        CohortDay.cancelled_at.is_(None),
        or_(Enrolment.left_on.is_(None), CohortDay.on <= Enrolment.left_on),
    )
    .order_by(Person.family_name, Person.given_name, Enrolment.id, CohortDay.on)
)


def list_person_days(
    cohort_id: str, week: int | None = None, enrolment_id: str | None = None
) -> list[DayOfPerson]:
    """Every working day of everyone in a group, by name and date; one statement.

    Cancelled days are left out, and days after a person left.
    """
    statement = _DAYS_OF_PEOPLE.where(Enrolment.cohort_id == cohort_id)
    if week is not None:
        statement = statement.where(CohortDay.week == week)
    if enrolment_id is not None:
        statement = statement.where(Enrolment.id == enrolment_id)
    return [DayOfPerson(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One person's hours in a group: planned to date, marked and paid, and what is open."""

    enrolment_id: str
    name: str
    days: tuple[DayOfPerson, ...]

    @property
    def planned(self) -> int:
        """Planned minutes of the days that have come."""
        return sum(day.planned_minutes for day in self.days if day.on <= today())

    @property
    def marked(self) -> int:
        """Planned minutes of the days that are marked, whatever they pay."""
        return sum(day.planned_minutes for day in self.days if day.mark is not None)

    @property
    def paid(self) -> int | None:
        """Paid minutes; None while nothing is marked."""
        paid = [day.paid_minutes for day in self.days if day.paid_minutes is not None]
        return sum(paid) if paid else None

    @property
    def missing(self) -> list[DayOfPerson]:
        """Days that have come and are not marked."""
        return [day for day in self.days if day.is_missing]

    @property
    def unsettled(self) -> list[DayOfPerson]:
        """Absences that are neither paid nor unpaid yet."""
        return [day for day in self.days if day.is_unsettled]


@dataclass(frozen=True, slots=True)
class WeekOfHours:
    """A week of a group as a manager approves it."""

    number: int
    first: date
    last: date
    days: tuple[DayOfPerson, ...]

    @property
    def approved(self) -> bool:
        """Whether all of its person-days are approved or in a pay run."""
        done = {AttendanceState.APPROVED, AttendanceState.LOCKED}
        return bool(self.days) and all(day.state in done for day in self.days)

    @property
    def is_paid(self) -> bool:
        """Whether a pay run has some of its hours."""
        return any(day.state is AttendanceState.LOCKED for day in self.days)

    @property
    def is_over(self) -> bool:
        """Whether its last day has come."""
        return self.last <= today()

    @property
    def open(self) -> int:
        """Person-days that stand in the way of an approval."""
        return sum(day.is_missing or day.is_unsettled for day in self.days)


def lines_of(rows: list[DayOfPerson]) -> list[HoursLine]:
    """The same days, a line for each person."""
    people: dict[str, list[DayOfPerson]] = {}
    for row in rows:
        people.setdefault(row.enrolment_id, []).append(row)
    return [HoursLine(key, days[0].name, tuple(days)) for key, days in people.items()]


def weeks_of(rows: list[DayOfPerson]) -> list[WeekOfHours]:
    """The same days, by week of the programme."""
    weeks: dict[int, list[DayOfPerson]] = {}
    for row in rows:
        weeks.setdefault(row.week, []).append(row)
    return [
        WeekOfHours(number, min(day.on for day in days), max(day.on for day in days), tuple(days))
        for number, days in sorted(weeks.items())
    ]


@dataclass(frozen=True, slots=True)
class HoursOfPerson:
    """One person's days for her page."""

    enrolment_id: str
    person_id: str
    cohort_id: str
    line: HoursLine


def get_hours(enrolment_id: str) -> HoursOfPerson:
    """One person's days in her group with what is marked. Raises NotVisible."""
    statement = select(Enrolment.person_id, Enrolment.cohort_id).where(
        Enrolment.id == enrolment_id, Enrolment.state != EnrolmentState.WITHDREW
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    days = list_person_days(row.cohort_id, enrolment_id=enrolment_id)
    name = days[0].name if days else ""
    line = HoursLine(enrolment_id, name, tuple(days))
    return HoursOfPerson(enrolment_id, row.person_id, row.cohort_id, line)
