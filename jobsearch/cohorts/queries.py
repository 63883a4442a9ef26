"""What is asked of groups, their days and their people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.accounts.models import Account, Membership
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.cohorts.rules import CohortState, EnrolmentState, Stage, stage_of
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme

PAGE = 25


def has_seat() -> ColumnElement[bool]:
    """The enrolments that hold a seat: not withdrawn, not left."""
    return and_(Enrolment.state != EnrolmentState.WITHDREW, Enrolment.left_on.is_(None))


def get_cohort(cohort_id: str) -> Cohort:
    """A group by itself. Raises NotVisible."""
    cohort = db.session.scalar(select(Cohort).where(Cohort.id == cohort_id))
    if cohort is None:
        raise NotVisible
    return cohort


def get_cohort_with_days(cohort_id: str) -> Cohort:
    """A group with programme, coach, days in order and their blocks. Raises NotVisible."""
    statement = (
        select(Cohort)
        .where(Cohort.id == cohort_id)
        .options(
            joinedload(Cohort.programme),
            joinedload(Cohort.coach).load_only(Account.name),
            selectinload(Cohort.days).selectinload(CohortDay.blocks),
        )
    )
    cohort = db.session.scalar(statement)
    if cohort is None:
        raise NotVisible
    return cohort


def is_name_taken(programme_id: str, name: str) -> bool:
    """Whether the programme has a group of this name."""
    statement = select(exists().where(Cohort.programme_id == programme_id, Cohort.name == name))
    return bool(db.session.scalar(statement))


def list_coaches(organisation_id: str) -> list[tuple[str, str]]:
    """The provider's coaches by name, for a choice in a form."""
    statement = (
        select(Account.id, Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(*_coach_of(organisation_id))
        .order_by(Account.name, Account.id)
        .limit(200)
    )
    return [(key, name) for key, name in db.session.execute(statement)]


def _coach_of(organisation_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Membership.organisation_id == organisation_id,
        Membership.role == Role.COACH,
        Membership.ended_at.is_(None),
    )


def is_coach(organisation_id: str, account_id: str) -> bool:
    """Whether the account is a coach of the provider."""
    statement = select(
        exists().where(Membership.account_id == account_id, *_coach_of(organisation_id))
    )
    return bool(db.session.scalar(statement))


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A group in the list: its counts are made in SQL."""

    id: str
    name: str
    place: str
    programme: str
    coach: str | None
    starts_on: date
    ends_on: date
    seats: int
    taken: int
    days: int
    days_done: int
    paid_minutes: int

    @property
    def stage(self) -> Stage:
        """Where it is today."""
        return stage_of(self.starts_on, self.ends_on, today())


def list_cohorts(page: int = 1) -> list[CohortLine]:
    """Groups, newest first, with people, days and hours; one statement however many there are."""
    statement = (
        _lines().order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id).limit(PAGE)
    ).offset((page - 1) * PAGE)
    return [CohortLine(*row) for row in db.session.execute(statement)]


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Cohort.id,
            Cohort.name,
            Cohort.place,
            Programme.name,
            Account.name,
            Cohort.starts_on,
            Cohort.ends_on,
            Cohort.seats,
            _of_people(),
            _of_days(func.count(CohortDay.id)),
            _of_days(func.count(CohortDay.id), CohortDay.on < today()),
            _of_days(func.coalesce(func.sum(CohortDay.paid_minutes), 0)),
        )
        .join(Programme, Cohort.programme_id == Programme.id)
        .outerjoin(Account, Cohort.coach_id == Account.id)
        .where(Cohort.state == CohortState.OPEN)
    )


def _of_people() -> ScalarSelect[int]:
    statement = select(func.count(Enrolment.id)).where(Enrolment.cohort_id == Cohort.id, has_seat())
    return statement.correlate(Cohort).scalar_subquery()


def _of_days(figure: ColumnElement[int], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    statement = select(figure).where(
        CohortDay.cohort_id == Cohort.id, CohortDay.cancelled_at.is_(None), *conditions
    )
    return statement.correlate(Cohort).scalar_subquery()


def count_cohorts() -> int:
    """How many groups there are."""
    statement = select(func.count(Cohort.id)).where(Cohort.state == CohortState.OPEN)
    return db.session.scalar(statement) or 0


@dataclass(frozen=True, slots=True)
class CohortName:
    """A group as a line to choose from."""

    id: str
    name: str
    starts_on: date
    ends_on: date


def list_todays_cohorts(actor: Actor, on: date | None = None) -> list[CohortName]:
    """The groups that work on a day (today): a coach's own, for others all of the provider."""
    works = CohortDay.on == (on or today()), CohortDay.cancelled_at.is_(None)
    statement = _names(actor).join(CohortDay, CohortDay.cohort_id == Cohort.id).where(*works)
    return _named(statement.order_by(Cohort.name, Cohort.id))


def list_running_cohorts(actor: Actor) -> list[CohortName]:
    """The groups in the middle of their three weeks: a coach's own, for others all."""
    statement = _names(actor).where(Cohort.starts_on <= today(), Cohort.ends_on >= today())
    return _named(statement.order_by(Cohort.name, Cohort.id))


def list_latest_cohorts() -> list[CohortName]:
    """Groups that have started, those of the latest start first."""
    statement = _names(None).where(Cohort.starts_on <= today())
    return _named(statement.order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id))


def _names(actor: Actor | None) -> Select[*tuple[Any, ...]]:
    columns = Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on
    statement = select(*columns).where(Cohort.state == CohortState.OPEN)
    if actor is not None and actor.role is Role.COACH:
        statement = statement.where(Cohort.coach_id == actor.account_id)
    return statement


def _named(statement: Select[*tuple[Any, ...]]) -> list[CohortName]:
    return [CohortName(*row) for row in db.session.execute(statement.limit(25))]


def get_day(day_id: str) -> CohortDay:
    """A day of a group. Raises NotVisible."""
    day = db.session.scalar(select(CohortDay).where(CohortDay.id == day_id))
    if day is None:
        raise NotVisible
    return day


def get_day_with_blocks(cohort_id: str, day_id: str) -> CohortDay:
    """A day of this group with group and blocks. Raises NotVisible."""
    statement = (
        select(CohortDay)
        .where(CohortDay.id == day_id, CohortDay.cohort_id == cohort_id)
        .options(joinedload(CohortDay.cohort), selectinload(CohortDay.blocks))
    )
    day = db.session.scalar(statement)
    if day is None:
        raise NotVisible
    return day


def list_days(cohort_id: str) -> list[CohortDay]:
    """A group's days by date, the cancelled ones too."""
    statement = (
        select(CohortDay)
        .where(CohortDay.cohort_id == cohort_id)
        .order_by(CohortDay.on, CohortDay.position)
    )
    return list(db.session.scalars(statement))


def get_enrolment(enrolment_id: str) -> Enrolment:
    """One person in one group. Raises NotVisible."""
    enrolment = db.session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id))
    if enrolment is None:
        raise NotVisible
    return enrolment


def find_enrolment(cohort_id: str, person_id: str) -> Enrolment | None:
    """The person's enrolment in this group, whatever its state."""
    statement = select(Enrolment).where(
        Enrolment.cohort_id == cohort_id, Enrolment.person_id == person_id
    )
    return db.session.scalar(statement)


def list_enrolments(cohort_id: str) -> list[Enrolment]:
    """A group's people by name, those who left last."""
    statement = (
        select(Enrolment)
        .join(Person, Enrolment.person_id == Person.id)
        .where(Enrolment.cohort_id == cohort_id)
        .options(
            joinedload(Enrolment.person).load_only(
                Person.given_name, Person.family_name, Person.phone, Person.board_name
            )
        )
        .order_by(
            Enrolment.left_on.is_not(None), Person.family_name, Person.given_name, Enrolment.id
        )
    )
    return list(db.session.scalars(statement))


def count_seats_taken(cohort_id: str) -> int:
    """How many seats of a group are taken."""
    statement = select(func.count(Enrolment.id)).where(Enrolment.cohort_id == cohort_id, has_seat())
    return db.session.scalar(statement) or 0


def _open_enrolment(on: date) -> ColumnElement[bool]:
    return and_(has_seat(), Cohort.state == CohortState.OPEN, Cohort.ends_on >= on)


def is_in_open_cohort(person_id: str, on: date) -> bool:
    """Whether the person has a seat in a group that is not over on the day."""
    seat = select(Enrolment.id).join(Cohort, Enrolment.cohort_id == Cohort.id)
    held = seat.where(Enrolment.person_id == person_id, _open_enrolment(on)).limit(1)
    return db.session.scalar(held) is not None


def list_people_without_group() -> list[tuple[str, str]]:
    """People who have no seat in a group that is not over, by name, for a choice in a form."""
    busy = (
        select(Enrolment.id)
        .join(Cohort, Enrolment.cohort_id == Cohort.id)
        .where(
            Enrolment.person_id == Person.id,
            or_(_open_enrolment(today()), Enrolment.state == EnrolmentState.STARTED),
        )
    )
    statement = (
        select(Person.id, Person.given_name, Person.family_name)
        .where(~busy.correlate(Person).exists())
        .order_by(Person.family_name, Person.given_name, Person.id)
        .limit(200)
    )
    rows = db.session.execute(statement)
    return [(key, f"{given} {family}".strip()) for key, given, family in rows]
