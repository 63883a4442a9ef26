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
    or_,
    select,
)

from jobsearch.attendance.models import Attendance, Mark
from jobsearch.attendance.weeks.models import AbsenceNotice
from jobsearch.coaching.sparring.models import SparringSlot
from jobsearch.cohorts.models import Cohort, CohortDay, CohortState, Enrolment, EnrolmentState
from jobsearch.cohorts.queries import has_seat
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.periods import instant_of, week_of
from jobsearch.desk.staff.words.rules import DayOf, Known, LooseDay, Talked, next_working_day
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.editions.rules import ContractState
from jobsearch.people.models import Person
from jobsearch.tracker.models import Action, Goal

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
    people = [_known(row) for row in db.session.execute(_people(actor, today, groups))]
    return [replace(one, days=days.get(one.enrolment_id, ())) for one in people], loose


def _known(row: Sequence[Any]) -> Known:
    *who, waiting_from, signed, is_own, held, latest, coming, gone, days = row
    talks = Talked(held, latest, coming, gone, days) if is_own else None
    return Known(*(*who, bool(signed), talks, (), waiting_from))


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
            _last_logged(),
            Enrolment.waiting_from,
            signed,
            is_own if actor.role is Role.COACH else literal(0),
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


def _last_logged() -> ScalarSelect[date]:
    return (
        select(func.max(Action.on))
        .where(Action.enrolment_id == Enrolment.id, Action.undone_at.is_(None))
        .correlate(Enrolment)
        .scalar_subquery()
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
        .outerjoin(
            Attendance,
            and_(Attendance.enrolment_id == Enrolment.id, Attendance.cohort_day_id == CohortDay.id),
        )
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
        CohortDay.id,
        CohortDay.on,
        CohortDay.paid_minutes,
        Attendance.mark,
        _has_told(),
        _sum_of_day(Goal, Goal.target),
        _sum_of_day(Action, Action.count, Action.undone_at.is_(None)),
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
