"""What the pages of people show: who they are and the groups they are or were in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, true

from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.people.queries import found_by
from jobsearch.people.restrictions.models import ProcessingRestriction

PAGE = 25


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the list with her newest group."""

    id: str
    given_name: str
    family_name: str
    municipality: str | None
    phone: str | None
    cohort: str | None
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class People:
    """One page of the list, and how many there are in all."""

    lines: Sequence[PersonLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


def list_people(actor: Actor, search: str, page: int) -> People:
    """People whom the actor may see, by name, narrowed by a search; two statements.

    Whoever was erased has no name any more and stands in no list of names.
    """
    found: list[ColumnElement[bool]] = [_visible(actor), Person.erased_at.is_(None)]
    found.append(found_by(search) if search else true())
    newest = (
        select(Cohort.name)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.person_id == Person.id, Cohort.state == CohortState.OPEN)
        .order_by(Cohort.starts_on.desc(), Cohort.id)
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    statement: Select[*tuple[Any, ...]] = (
        select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.municipality,
            Person.phone,
            newest,
            exists().where(
                ProcessingRestriction.person_id == Person.id,
                ProcessingRestriction.ended_at.is_(None),
            ),
        )
        .where(*found)
        .order_by(Person.family_name, Person.given_name, Person.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [PersonLine(*row) for row in db.session.execute(statement)]
    count = db.session.scalar(select(func.count(Person.id)).where(*found)) or 0
    return People(lines, count)


def _visible(actor: Actor) -> ColumnElement[bool]:
    return Person.id.in_(visible_participants(actor, today(actor.zone)))


def get_person(actor: Actor, person_id: str) -> Person:
    """A person whom the actor may see. Raises NotVisible."""
    person = db.session.scalar(select(Person).where(Person.id == person_id, _visible(actor)))
    if person is None:
        raise NotVisible
    return person


@dataclass(frozen=True, slots=True)
class InGroup:
    """One enrolment of a person: the group, its days, how it stands, and the minutes marked."""

    enrolment_id: str
    cohort_id: str
    cohort: str
    first: date
    last: date
    state: EnrolmentState
    left_on: date | None
    minutes: int


def list_groups(person_id: str) -> list[InGroup]:
    """The groups that a person is or was in, the newest first."""
    minutes = func.coalesce(func.sum(Attendance.paid_minutes), 0)
    statement = (
        select(
            Enrolment.id,
            Cohort.id,
            Cohort.name,
            Cohort.starts_on,
            Cohort.ends_on,
            Enrolment.state,
            Enrolment.left_on,
            minutes,
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Attendance, Attendance.enrolment_id == Enrolment.id)
        .where(Enrolment.person_id == person_id)
        .group_by(
            Enrolment.id,
            Cohort.id,
            Cohort.name,
            Cohort.starts_on,
            Cohort.ends_on,
            Enrolment.state,
            Enrolment.left_on,
        )
        .order_by(Cohort.starts_on.desc(), Enrolment.id)
    )
    return [InGroup(*row) for row in db.session.execute(statement)]
