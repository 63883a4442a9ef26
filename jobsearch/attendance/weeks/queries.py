"""What is asked of weeks: a participant's own days, words in advance, and unlockings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.attendance.models import Attendance
from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.attendance.weeks.models import AbsenceNotice, WeekUnlock, WeekWord
from jobsearch.cohorts.models import Cohort, CohortBlock, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person


@dataclass(frozen=True, slots=True)
class OwnHours:
    """One of a participant's own working days: planned, marked, paid, and what she said of it."""

    enrolment_id: str
    cohort_id: str
    day_id: str
    week: int
    position: int
    on: date
    starts_minute: int
    ends_minute: int
    planned_minutes: int
    is_cancelled: bool
    mark: Mark | None
    paid_minutes: int | None
    state: AttendanceState | None
    checked_in_at: datetime | None
    notice_id: str | None
    late_minutes: int | None


def list_own_days(person_id: str, enrolment_id: str | None = None) -> list[OwnHours]:
    """A participant's own days, cancelled ones too, by date; one statement."""
    ends = (
        select(func.max(CohortBlock.starts_minute + CohortBlock.minutes))
        .where(CohortBlock.cohort_day_id == CohortDay.id)
        .correlate(CohortDay)
        .scalar_subquery()
    )
    statement = (
        select(
            Enrolment.id,
            Enrolment.cohort_id,
            CohortDay.id,
            CohortDay.week,
            CohortDay.position,
            CohortDay.on,
            CohortDay.starts_minute,
            func.coalesce(ends, CohortDay.starts_minute + CohortDay.paid_minutes),
            CohortDay.paid_minutes,
            CohortDay.cancelled_at.is_not(None),
            Attendance.mark,
            Attendance.paid_minutes,
            Attendance.state,
            Attendance.checked_in_at,
            AbsenceNotice.id,
            AbsenceNotice.late_minutes,
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(CohortDay, CohortDay.cohort_id == Cohort.id)
        .outerjoin(
            Attendance,
            and_(Attendance.enrolment_id == Enrolment.id, Attendance.cohort_day_id == CohortDay.id),
        )
        .outerjoin(AbsenceNotice, _open_notice())
        .where(Enrolment.person_id == person_id, has_seat(), Cohort.state == CohortState.OPEN)
        .order_by(CohortDay.on, CohortDay.id)
    )
    if enrolment_id is not None:
        statement = statement.where(Enrolment.id == enrolment_id)
    return [OwnHours(*row) for row in db.session.execute(statement)]


def _open_notice() -> ColumnElement[bool]:
    return and_(
        AbsenceNotice.enrolment_id == Enrolment.id,
        AbsenceNotice.cohort_day_id == CohortDay.id,
        AbsenceNotice.taken_back_at.is_(None),
    )


def find_word(enrolment_id: str, week: int) -> WeekWord | None:
    """The participant's word that the week is complete."""
    statement = select(WeekWord).where(WeekWord.enrolment_id == enrolment_id, WeekWord.week == week)
    return db.session.scalar(statement)


def weeks_said(enrolment_ids: Collection[str]) -> set[tuple[str, int]]:
    """Which weeks of these people are said to be complete."""
    statement = select(WeekWord.enrolment_id, WeekWord.week).where(
        WeekWord.enrolment_id.in_(sorted(enrolment_ids))
    )
    return {(enrolment_id, week) for enrolment_id, week in db.session.execute(statement)}


def get_notice(notice_id: str, person_id: str) -> AbsenceNotice:
    """The person's own open word in advance. Raises NotVisible."""
    statement = select(AbsenceNotice).where(
        AbsenceNotice.id == notice_id,
        AbsenceNotice.person_id == person_id,
        AbsenceNotice.taken_back_at.is_(None),
    )
    notice = db.session.scalar(statement)
    if notice is None:
        raise NotVisible
    return notice


@dataclass(frozen=True, slots=True)
class ToldInAdvance:
    """Somebody who said that she is away or comes late, for her coach."""

    enrolment_id: str
    day_id: str
    name: str
    on: date
    late_minutes: int | None
    told_at: datetime


def list_told(cohort_id: str) -> list[ToldInAdvance]:
    """Words in advance about a group's days from today on, soonest first."""
    statement = (
        select(
            Enrolment.id,
            CohortDay.id,
            (Person.given_name + " " + Person.family_name),
            CohortDay.on,
            AbsenceNotice.late_minutes,
            AbsenceNotice.told_at,
        )
        .join(Enrolment, AbsenceNotice.enrolment_id == Enrolment.id)
        .join(Person, Enrolment.person_id == Person.id)
        .join(CohortDay, AbsenceNotice.cohort_day_id == CohortDay.id)
        .join(Cohort, CohortDay.cohort_id == Cohort.id)
        .where(Cohort.id == cohort_id, AbsenceNotice.taken_back_at.is_(None))
        .where(CohortDay.on >= today(), has_seat())
        .order_by(CohortDay.on, Person.given_name, AbsenceNotice.id)
        .limit(60)
    )
    return [ToldInAdvance(*row) for row in db.session.execute(statement)]


def list_unlocks(cohort_id: str) -> list[WeekUnlock]:
    """The unlockings of a group's weeks, newest first."""
    statement = (
        select(WeekUnlock)
        .where(WeekUnlock.cohort_id == cohort_id)
        .options(joinedload(WeekUnlock.unlocked_by).load_only(Account.name))
        .order_by(WeekUnlock.unlocked_at.desc(), WeekUnlock.id)
        .limit(20)
    )
    return list(db.session.scalars(statement))
