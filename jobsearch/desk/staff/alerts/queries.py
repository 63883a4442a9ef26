"""Finds the people and runs that somebody should see to today."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from jobsearch.attendance.models import Attendance, Mark
from jobsearch.cohorts.models import Cohort, CohortDay, CohortState, Enrolment, EnrolmentState
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.desk.staff.rules import Alert, Concern
from jobsearch.desk.unreached.queries import unreached_count
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunState
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage

MOST = 50
LOOK_BACK = timedelta(days=45)


def _worked_days(today: date, groups: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """The days behind of everyone who started, with what is marked of them."""
    statement: Select[*tuple[Any, ...]] = (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(CohortDay, CohortDay.cohort_id == Cohort.id)
        .outerjoin(
            Attendance,
            and_(Attendance.enrolment_id == Enrolment.id, Attendance.cohort_day_id == CohortDay.id),
        )
        .where(
            groups,
            Cohort.state == CohortState.OPEN,
            Cohort.ends_on >= today - LOOK_BACK,
            Enrolment.state == EnrolmentState.STARTED,
            or_(Enrolment.left_on.is_(None), CohortDay.on <= Enrolment.left_on),
            CohortDay.cancelled_at.is_(None),
            CohortDay.on < today,
        )
    )
    return statement


def list_hour_alerts(today: date, groups: ColumnElement[bool]) -> list[Alert]:
    """Days behind that nobody has marked, and absences of which nobody has said what they are."""
    statement: Select[*tuple[Any, ...]] = (
        _worked_days(today, groups)
        .with_only_columns(
            Enrolment.id,
            CohortDay.id,
            Person.given_name,
            Person.family_name,
            Cohort.name,
            CohortDay.on,
            CohortDay.paid_minutes,
            Attendance.mark,
        )
        .where(or_(Attendance.id.is_(None), Attendance.mark == Mark.UNSETTLED_ABSENCE))
        .order_by(CohortDay.on, Cohort.name, Person.family_name, Enrolment.id)
        .limit(MOST)
    )
    return [_hour_alert(*row) for row in db.session.execute(statement)]


def _hour_alert(
    enrolment_id: str,
    day_id: str,
    given: str,
    family: str,
    group: str,
    on: date,
    minutes: int,
    mark: Mark | None,
) -> Alert:
    return Alert(
        Concern.HOURS_MISSING if mark is None else Concern.ABSENCE_UNSETTLED,
        group=group,
        name=f"{given} {family}".strip(),
        on=on,
        minutes=minutes,
        key=enrolment_id,
        day_id=day_id,
    )


def list_waiting(actor: Actor) -> list[Alert]:
    """Candidates whom nobody has called yet, as one alert with the oldest day; addresses that
    fail; and for a manager the pay runs that are reviewed and wait for somebody else than who made
    them. One statement.
    """
    some = [_uncalled(), _unreached(actor)]
    if actor.role is Role.MANAGER:
        some.append(_runs(actor.account_id))
    return [
        Alert(Concern(concern), group=group, on=on, count=count, key=key)
        for concern, count, on, key, group in db.session.execute(union_all(*some))
        if count
    ]


def _uncalled() -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = select(
        literal(Concern.CANDIDATES_WAIT.value),
        func.count(Candidate.id),
        func.min(Candidate.referred_on),
        literal(""),
        literal(""),
    ).where(Candidate.stage == Stage.REFERRED, Candidate.exit_reason.is_(None))
    return statement


def _unreached(actor: Actor) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = unreached_count(actor).with_only_columns(
        literal(Concern.UNREACHED.value),
        func.count(FailedAddress.id),
        cast(null(), Date),
        literal(""),
        literal(""),
    )
    return statement


def _runs(account_id: str) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(
            literal(Concern.PAY_TO_APPROVE.value),
            literal(1),
            PayRun.pays_on,
            PayRun.id,
            func.coalesce(Cohort.name, ""),
        )
        .outerjoin(Cohort, Cohort.id == PayRun.cohort_id)
        .where(PayRun.state == RunState.REVIEWED, PayRun.made_by_id != account_id)
    )
    return statement
