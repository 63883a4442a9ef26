"""The hours that a run pays: working days of the contracts in a period, in minutes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.models import Employment


@dataclass(frozen=True, slots=True)
class Hours:
    """A contract's working days in a period: planned, marked and paid minutes, and what is open.

    `marked_minutes` is presence as it was marked, `extra_minutes` what was approved beside the
    plan; the planned minutes of absences stand beside them by payroll kind. A day that nobody
    marked is unsettled, never zero hours: its planned minutes are `open_minutes`. A marked one is
    unapproved until the manager has approved its week.
    """

    planned_minutes: int = 0
    paid_minutes: int = 0
    marked_minutes: int = 0
    extra_minutes: int = 0
    away_paid_minutes: int = 0
    away_half_minutes: int = 0
    away_unpaid_minutes: int = 0
    open_minutes: int = 0
    unsettled_days: int = 0
    unapproved_days: int = 0

    @property
    def expected_minutes(self) -> int:
        """What is paid if every open day goes as planned; for looking ahead, never for paying."""
        return self.paid_minutes + self.open_minutes


@dataclass(frozen=True, slots=True)
class _Day:
    id: str
    on: date
    planned_minutes: int


@dataclass(frozen=True, slots=True)
class _Marked:
    paid_minutes: int
    mark: Mark
    is_approved: bool
    extra_minutes: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether it is known what of the day is paid."""
        return self.mark is not Mark.UNSETTLED_ABSENCE


_Marks = dict[tuple[str, str], _Marked]
# nobody has said anything yet
_NOTHING = _Marked(0, Mark.UNSETTLED_ABSENCE, is_approved=True)


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


def _present(mark: _Marked) -> int:
    return mark.paid_minutes - mark.extra_minutes if mark.mark is Mark.PRESENT else 0


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
        Attendance.paid_minutes,
        Attendance.mark,
        Attendance.state != AttendanceState.MARKED,
        Attendance.extra_minutes,
    ).where(Attendance.enrolment_id.in_(enrolment_ids))
    return {
        (enrolment_id, day_id): _Marked(minutes, mark, is_approved, extra)
        for enrolment_id, day_id, minutes, mark, is_approved, extra in db.session.execute(statement)
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
    marked = [marks.get((employment.enrolment_id, day.id), _NOTHING) for day in own]
    planned: dict[Mark, int] = dict.fromkeys(Mark, 0)
    for day, mark in zip(own, marked, strict=True):
        planned[mark.mark] += day.planned_minutes
    return Hours(
        planned_minutes=sum(planned.values()),
        paid_minutes=sum(mark.paid_minutes for mark in marked),
        marked_minutes=sum(_present(mark) for mark in marked),
        extra_minutes=sum(mark.extra_minutes for mark in marked),
        away_paid_minutes=planned[Mark.PAID_ABSENCE],
        away_half_minutes=planned[Mark.HALF_PAID_ABSENCE],
        away_unpaid_minutes=planned[Mark.UNPAID_ABSENCE],
        open_minutes=planned[Mark.UNSETTLED_ABSENCE],
        unsettled_days=sum(not mark.is_settled for mark in marked),
        unapproved_days=sum(not mark.is_approved for mark in marked),
    )
