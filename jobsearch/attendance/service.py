"""Use cases of attendance: mark and unmark a day, settle an absence, approve and lock hours."""

from collections.abc import Collection

from sqlalchemy import select, update

from jobsearch.attendance import queries
from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import (
    AttendanceState,
    Mark,
    MarkedDay,
    PersonDay,
    check_extra,
    check_marking,
    check_settlement,
    check_step,
    check_week,
    paid_minutes_of,
)
from jobsearch.audit.service import note_many
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.cohorts.queries import get_day, get_enrolment
from jobsearch.cohorts.rules import EnrolmentState
from jobsearch.cohorts.service import start, touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_


def mark(
    actor: Actor, enrolment_id: str, day_id: str, to: Mark, worked: int | None = None
) -> Attendance:
    """Mark one person's day; marking it the same way again changes nothing.

    `worked` are the minutes of who came late or left early; without them the day's planned
    minutes are paid. The first day present starts the person. Raises RuleBroken for a day that
    has not come, is cancelled or is approved already; NotVisible for another's row.
    """
    enrolment, day = _held(enrolment_id, day_id)
    row = queries.find_attendance(enrolment_id, day_id)
    check_marking(_as_found(enrolment, day, row), today(actor.zone))
    paid = paid_minutes_of(to, day.paid_minutes, worked)
    if row is None:
        row = Attendance(
            organisation_id=enrolment.organisation_id,
            enrolment_id=enrolment_id,
            cohort_day_id=day_id,
            person_id=enrolment.person_id,
        )
        db.session.add(row)
    if row.mark is not to or row.paid_minutes - (row.extra_minutes or 0) != paid:
        row.mark, row.paid_minutes = to, paid
        row.extra_minutes, row.extra_by_id = 0, None
        row.planned_minutes, row.marked_at = day.paid_minutes, now()
    if to is Mark.PRESENT and enrolment.state is EnrolmentState.PLACED:
        start(enrolment_id)
    db.session.flush()
    return row


def approve_extra(actor: Actor, enrolment_id: str, day_id: str, extra: int) -> Attendance:
    """Approve hours beside the plan of a day that somebody was present; 0 takes them away.

    Without this they are not paid. Raises NotVisible, RuleBroken.
    """
    row = queries.find_attendance(enrolment_id, day_id)
    if row is None:
        raise NotVisible
    check_extra(row.mark, row.state, row.planned_minutes, extra)
    row.paid_minutes += extra - row.extra_minutes
    row.extra_minutes = extra
    row.extra_by_id = actor.account_id if extra else None
    db.session.flush()
    return row


def unmark(actor: Actor, enrolment_id: str, day_id: str) -> None:
    """Take a mark back: the day is not marked again, which is not the same as absent.

    Raises RuleBroken when the hours are approved or in a pay run.
    """
    enrolment, day = _held(enrolment_id, day_id)
    row = queries.find_attendance(enrolment_id, day_id)
    if row is not None:
        check_marking(_as_found(enrolment, day, row), today(actor.zone))
        db.session.delete(row)
        db.session.flush()


def _held(enrolment_id: str, day_id: str) -> tuple[Enrolment, CohortDay]:
    enrolment, day = get_enrolment(enrolment_id), get_day(day_id)
    if enrolment.cohort_id != day.cohort_id or enrolment.state is EnrolmentState.WITHDREW:
        raise NotVisible
    touch_board(day.cohort_id)
    return enrolment, day


def _as_found(enrolment: Enrolment, day: CohortDay, row: Attendance | None) -> MarkedDay:
    return MarkedDay(
        on=day.on,
        is_cancelled=day.cancelled_at is not None,
        state=row.state if row else None,
        left_on=enrolment.left_on,
    )


def settle_absence(actor: Actor, enrolment_id: str, day_id: str, to: Mark) -> Attendance:
    """Say whether an absence is paid or unpaid; the reason is neither asked nor kept.

    Raises RuleBroken when there is no absence, or when it is approved already.
    """
    row = queries.find_attendance(enrolment_id, day_id)
    if row is None:
        raise RuleBroken(N_("This day is not marked yet."))
    check_settlement(row.mark, to)
    return mark(actor, enrolment_id, day_id, to)


def approve_week(actor: Actor, cohort_id: str, week: int) -> int:
    """Approve the hours of a group's week of the programme (1, 2, 3); says how many person-days.

    Raises RuleBroken while a day of it is to come, somebody is not marked or an absence is not
    settled.
    """
    touch_board(cohort_id)
    rows = queries.list_person_days(cohort_id, week)
    check_week((PersonDay(row.on, row.mark) for row in rows), today(actor.zone))
    return _advance(
        [row.attendance_id for row in rows if row.attendance_id],
        AttendanceState.MARKED,
        AttendanceState.APPROVED,
    )


def lock_hours(actor: Actor, enrolment_ids: Collection[str], pay_run_id: str) -> int:
    """Lock the approved hours of these people: they are in the pay run; says how many person-days.

    One statement and one entry in the trail at any size: which days they are, the run says.
    """
    of, to = AttendanceState.APPROVED, AttendanceState.LOCKED
    check_step(of, to)
    statement = (
        update(Attendance)
        .where(Attendance.enrolment_id.in_(sorted(enrolment_ids)), Attendance.state == of)
        .values(state=to, version=Attendance.version + 1)
        .returning(Attendance.id)
        .execution_options(synchronize_session=False)
    )
    locked = len(db.session.execute(statement).all())
    note_many(actor, "attendance", pay_run_id, {"state": [of.value, to.value]}, locked)
    return locked


def _advance(ids: Collection[str], of: AttendanceState, to: AttendanceState) -> int:
    statement = (
        select(Attendance)
        .where(Attendance.id.in_(sorted(ids)), Attendance.state == of)
        .order_by(Attendance.id)
    )
    rows = list(db.session.scalars(statement))
    for row in rows:
        check_step(row.state, to)
        row.state = to
    db.session.flush()
    return len(rows)
