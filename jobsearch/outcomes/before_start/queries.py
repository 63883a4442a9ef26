"""What is asked of work found before the start."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import FoundThrough, OutcomeKind
from jobsearch.people.models import Person

_MOST = 200


@dataclass(frozen=True, slots=True)
class NotBegun:
    """One person with a seat in a group that she has not begun in."""

    enrolment_id: str
    person_id: str
    name: str
    programme_id: str
    cohort_id: str
    cohort: str
    starts_on: date
    has_begun: bool


def get_not_begun(enrolment_id: str, coach_id: str | None = None) -> NotBegun:
    """One person with a seat, for staff. Raises NotVisible."""
    statement = (
        select(Enrolment, Cohort, Person)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id)
    )
    if coach_id is not None:
        statement = statement.where(Cohort.coach_id == coach_id)
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    enrolment, cohort, person = row
    return NotBegun(
        enrolment_id=enrolment.id,
        person_id=person.id,
        name=person.full_name,
        programme_id=cohort.programme_id,
        cohort_id=cohort.id,
        cohort=cohort.name,
        starts_on=cohort.starts_on,
        has_begun=enrolment.state is not EnrolmentState.PLACED,
    )


@dataclass(frozen=True, slots=True)
class FoundBefore:
    """One outcome of the kind "before the start"."""

    name: str
    cohort: str
    kind: OutcomeKind
    found_through: FoundThrough | None
    began_on: date
    before_start_on: date


def list_before_start(programme_id: str, coach_id: str | None = None) -> list[FoundBefore]:
    """Everyone of a programme who found work before the start, the newest first."""
    statement = (
        select(
            Person.given_name,
            Person.family_name,
            Cohort.name,
            Outcome.kind,
            Outcome.found_through,
            Outcome.began_on,
            Outcome.before_start_on,
        )
        .join(Enrolment, Enrolment.id == Outcome.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Outcome.person_id)
        .where(Cohort.programme_id == programme_id, Outcome.before_start_on.is_not(None))
        .order_by(Outcome.before_start_on.desc(), Person.family_name, Outcome.id)
        .limit(_MOST)
    )
    if coach_id is not None:
        statement = statement.where(Cohort.coach_id == coach_id)
    return [
        FoundBefore(f"{given} {family}".strip(), cohort, kind, through, began_on, noted_on)
        for given, family, cohort, kind, through, began_on, noted_on in db.session.execute(
            statement
        )
        if noted_on is not None
    ]
