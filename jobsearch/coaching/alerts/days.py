"""What is known of a person's days, as columns for statements over enrolments and their days."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, select

from jobsearch.attendance.models import Attendance
from jobsearch.attendance.weeks.models import AbsenceNotice
from jobsearch.coaching.alerts.rules import DayOf
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.tracker.models import Action, Goal

__all__ = ["DayOf", "day_columns", "last_logged", "mark_of_day"]


def day_columns() -> tuple[ColumnElement[Any], ...]:
    """What makes a `DayOf`, in its order; the statement joins `CohortDay` and, by `mark_of_day`,
    `Attendance`.
    """
    return (
        CohortDay.id.expression,
        CohortDay.on.expression,
        CohortDay.paid_minutes.expression,
        Attendance.mark.expression,
        _has_told(),
        _sum_of_day(Goal, Goal.target),
        _sum_of_day(Action, Action.count, Action.undone_at.is_(None)),
    )


def mark_of_day() -> ColumnElement[bool]:
    """The mark of an enrolment's day."""
    return and_(Attendance.enrolment_id == Enrolment.id, Attendance.cohort_day_id == CohortDay.id)


def last_logged() -> ScalarSelect[date]:
    """The day of the latest action of an enrolment."""
    return (
        select(func.max(Action.on))
        .where(Action.enrolment_id == Enrolment.id, Action.undone_at.is_(None))
        .correlate(Enrolment)
        .scalar_subquery()
    )


def _has_told() -> ColumnElement[bool]:
    """Whether she said in advance that she is away; coming late is no absence."""
    return exists().where(
        AbsenceNotice.enrolment_id == Enrolment.id,
        AbsenceNotice.cohort_day_id == CohortDay.id,
        AbsenceNotice.late_minutes.is_(None),
        AbsenceNotice.taken_back_at.is_(None),
    )


def _sum_of_day(
    table: type[Goal] | type[Action], figure: Any, *conditions: ColumnElement[bool]
) -> ScalarSelect[int]:
    """A sum over one person's goals or actions of a day."""
    statement = select(func.coalesce(func.sum(figure), 0)).where(
        table.enrolment_id == Enrolment.id, table.on == CohortDay.on, *conditions
    )
    return statement.correlate(Enrolment, CohortDay).scalar_subquery()
