"""What is known of the people at work, for the rules: two statements however many they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)

from jobsearch.attendance.models import Attendance, Mark
from jobsearch.coaching.alerts.days import DayOf, day_columns, last_logged, mark_of_day
from jobsearch.coaching.sparring.models import SparringSlot
from jobsearch.cohorts.models import Cohort, CohortDay, CohortState, Enrolment, EnrolmentState
from jobsearch.cohorts.queries import has_seat
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.periods import ONE_DAY, instant_of, week_of
from jobsearch.desk.staff.words.rules import Known, LooseDay, Talked, next_working_day
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.editions.rules import ContractState
from jobsearch.people.models import Person
from jobsearch.tracker.helping.models import HelpCall
from jobsearch.tracker.interviews.models import Interview

RECENT = 12
"""So many of her latest days are known of each person, today with them: a whole group's."""
_MOST_DAYS = 20_000


def list_known(
    actor: Actor, today: date, groups: ColumnElement[bool], look_back: date
) -> tuple[list[Known], list[LooseDay]]:
    """Who has a seat in a group at work, or in one that begins by the next working day, by group
    and name, each with her latest days; and the loose days of groups that ended on `look_back` or
    later. Two statements.
    """
    days: dict[str, list[DayOf]] = {}
    loose = []
    for row in db.session.execute(_days(actor, today, groups, look_back)):
        enrolment_id, cohort_id, group, given, family, is_recent, is_loose, *rest = row
        day = DayOf(*rest)
        if is_recent and len(hers := days.setdefault(enrolment_id, [])) < RECENT:
            hers.append(day)
        if is_loose:
            name = f"{given} {family}".strip()
            loose.append(LooseDay(enrolment_id, cohort_id, group, name, day))
    rows = db.session.execute(_people(actor, today, groups))
    people = [_known(row, actor.zone) for row in rows]
    return [replace(one, days=days.get(one.enrolment_id, ())) for one in people], loose


def _known(row: Sequence[Any], zone: str) -> Known:
    *who, waiting_from, signed, is_own, asked_at, interview_at, held, latest, coming, gone, days = (
        row
    )
    return replace(
        Known(*(*who, bool(signed), None)),
        talks=Talked(held, latest, coming, gone, days) if is_own else None,
        waiting_from=waiting_from,
        asked_on=local(asked_at, zone).date() if asked_at else None,
        interview_at=local(interview_at, zone) if interview_at else None,
    )


def _people(actor: Actor, today: date, groups: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What is known of a person as a whole. Of talks only the group's own coach hears."""
    is_own: ColumnElement[bool] = Cohort.coach_id == actor.account_id
    signed = exists().where(
        Contract.enrolment_id == Enrolment.id, Contract.state == ContractState.SIGNED
    )
    statement: Select[*tuple[Any, ...]] = (
        select(
            Enrolment.id,
            Person.id,
            Cohort.id,
            Cohort.name,
            Person.given_name,
            Person.family_name,
            Cohort.starts_on,
            last_logged(),
            Enrolment.waiting_from,
            signed,
            is_own if actor.role is Role.COACH else literal(0),
            *_coachs(actor, today),
            *_talks(actor, today),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            groups,
            has_seat(),
            Cohort.state == CohortState.OPEN,
            Cohort.starts_on <= next_working_day(today),
            Cohort.ends_on >= today,
            Person.id.in_(visible_participants(actor, today)),
        )
        .order_by(Cohort.name, Person.family_name, Person.given_name, Enrolment.id)
    )
    return statement


def _coachs(actor: Actor, today: date) -> tuple[ColumnElement[Any], ...]:
    """Since when a call for help is open, and the next interview of today or of the days until the
    next working day; coaches hear of both.
    """
    if actor.role is not Role.COACH:
        return null(), null()
    after = next_working_day(today) + ONE_DAY
    call = select(HelpCall.asked_at).where(
        HelpCall.enrolment_id == Enrolment.id, HelpCall.ended_at.is_(None)
    )
    interview = select(func.min(Interview.starts_at)).where(
        Interview.enrolment_id == Enrolment.id,
        Interview.cancelled_at.is_(None),
        Interview.starts_at >= instant_of(today, 0, actor.zone),
        Interview.starts_at < instant_of(after, 0, actor.zone),
    )
    return (
        call.correlate(Enrolment).scalar_subquery(),
        interview.correlate(Enrolment).scalar_subquery(),
    )


def _talks(actor: Actor, today: date) -> tuple[ColumnElement[Any], ...]:
    """Held this week, the latest and the next one; the days of the week behind and in all."""
    at, week = now(), week_of(today)
    monday = instant_of(week.first, 0, actor.zone)
    starts, days = SparringSlot.starts_at, CohortDay.on.between(week.first, week.last)
    held = SparringSlot.missed_at.is_(None), starts <= at
    return (
        _of_talks(func.count(SparringSlot.id), *held, starts >= monday),
        _of_talks(func.max(starts), *held),
        _of_talks(func.min(starts), starts > at),
        _of_week(days, CohortDay.on <= today),
        _of_week(days),
    )


def _of_talks(figure: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    statement = select(figure).where(
        SparringSlot.enrolment_id == Enrolment.id, SparringSlot.withdrawn_at.is_(None), *conditions
    )
    return statement.correlate(Enrolment).scalar_subquery()


def _of_week(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    statement = select(func.count(CohortDay.id)).where(
        CohortDay.cohort_id == Cohort.id, CohortDay.cancelled_at.is_(None), *conditions
    )
    return statement.correlate(Cohort).scalar_subquery()


def _days(
    actor: Actor, today: date, groups: ColumnElement[bool], look_back: date
) -> Select[*tuple[Any, ...]]:
    """The days so far of those at work, and the loose days of everyone who started."""
    is_recent = and_(has_seat(), Cohort.ends_on >= today)
    is_loose = and_(
        Enrolment.state == EnrolmentState.STARTED,
        CohortDay.on < today,
        or_(Attendance.id.is_(None), Attendance.mark == Mark.UNSETTLED_ABSENCE),
    )
    return (
        _columns_of_day(is_recent, is_loose)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(CohortDay, CohortDay.cohort_id == Cohort.id)
        .outerjoin(Attendance, mark_of_day())
        .where(
            groups,
            Cohort.state == CohortState.OPEN,
            Cohort.ends_on >= look_back,
            Enrolment.state != EnrolmentState.WITHDREW,
            or_(Enrolment.left_on.is_(None), CohortDay.on <= Enrolment.left_on),
            CohortDay.cancelled_at.is_(None),
            CohortDay.on <= today,
            Person.id.in_(visible_participants(actor, today)),
            or_(is_recent, is_loose),
        )
        .order_by(CohortDay.on.desc(), Cohort.name, Person.family_name, Enrolment.id)
        .limit(_MOST_DAYS)
    )


def _columns_of_day(
    is_recent: ColumnElement[bool], is_loose: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    return select(
        Enrolment.id,
        Cohort.id,
        Cohort.name,
        Person.given_name,
        Person.family_name,
        is_recent,
        is_loose,
        *day_columns(),
    )
