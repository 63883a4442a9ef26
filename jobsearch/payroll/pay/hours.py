"""The hours that a run pays: working days of the contracts in a period, in minutes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.attendance.models import Attendance, Mark
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.models import Employment


@dataclass(frozen=True, slots=True)
class Hours:
    """A contract's working days in a period: planned and paid minutes, and days without an answer.

    A day that nobody marked is unsettled, never zero hours.
    """

    planned_minutes: int = 0
    paid_minutes: int = 0
    unsettled_days: int = 0


@dataclass(frozen=True, slots=True)
class _Day:
    id: str
    on: date
    planned_minutes: int


# The minutes to be paid for a person's day; None while it is not settled whether she worked.
_Marks = dict[tuple[str, str], int | None]


def hours_worked(employments: Sequence[Employment], period: Span) -> dict[str, Hours]:
    """The hours of these contracts in the period, by contract; three queries at any size.

    They are joined here: SQLite would multiply all days with all contracts.
    """
    enrolment_ids = sorted(employment.enrolment_id for employment in employments)
    groups = _groups(enrolment_ids)
    days = _days({cohort_id for cohort_id, _left_on in groups.values()}, period)
    marks = _marks(enrolment_ids)
    return {
        employment.id: _add_up(employment, groups[employment.enrolment_id], days, marks)
        for employment in employments
    }


def _groups(enrolment_ids: list[str]) -> dict[str, tuple[str, date | None]]:
    statement = select(Enrolment.id, Enrolment.cohort_id, Enrolment.left_on).where(
        Enrolment.id.in_(enrolment_ids)
    )
    return {row.id: (row.cohort_id, row.left_on) for row in db.session.execute(statement)}


def _days(cohort_ids: set[str], period: Span) -> dict[str, list[_Day]]:
    statement = select(
        CohortDay.cohort_id, CohortDay.id, CohortDay.on, CohortDay.paid_minutes
    ).where(
        CohortDay.cohort_id.in_(sorted(cohort_ids)),
        CohortDay.on.between(period.first, period.last),
        CohortDay.cancelled_at.is_(None),
    )
    found: defaultdict[str, list[_Day]] = defaultdict(list)
    for cohort_id, day_id, on, minutes in db.session.execute(statement):
        found[cohort_id].append(_Day(day_id, on, minutes))
    return found


def _marks(enrolment_ids: list[str]) -> _Marks:
    statement = select(
        Attendance.enrolment_id,
        Attendance.cohort_day_id,
        Attendance.mark == Mark.UNSETTLED_ABSENCE,
        Attendance.paid_minutes,
    ).where(Attendance.enrolment_id.in_(enrolment_ids))
    return {
        (enrolment_id, day_id): None if unsettled else minutes
        for enrolment_id, day_id, unsettled, minutes in db.session.execute(statement)
    }


def _add_up(
    employment: Employment,
    group: tuple[str, date | None],
    days: dict[str, list[_Day]],
    marks: _Marks,
) -> Hours:
    cohort_id, left_on = group
    term = employment.term if left_on is None else employment.term.until(left_on)
    own = [day for day in days.get(cohort_id, ()) if term.contains(day.on)]
    paid = [marks.get((employment.enrolment_id, day.id)) for day in own]
    return Hours(
        planned_minutes=sum(day.planned_minutes for day in own),
        paid_minutes=sum(minutes for minutes in paid if minutes is not None),
        unsettled_days=sum(minutes is None for minutes in paid),
    )
