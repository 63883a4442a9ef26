"""What is asked of those who started, by name."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.refusals import same
from jobsearch.outcomes.models import FollowUp, Outcome
from jobsearch.people.models import Person


@dataclass(frozen=True, slots=True)
class StartedPerson:
    """Someone of a programme whom a file of outcomes may name."""

    enrolment_id: str
    person_id: str
    cohort: str
    starts_on: date
    ends_on: date
    has_outcome: bool


def started_people(programme_id: str) -> dict[str, StartedPerson]:
    """Everyone who started in the programme, by plain name."""
    has = select(Outcome.id).where(Outcome.enrolment_id == Enrolment.id).exists()
    asked = select(FollowUp.id).where(FollowUp.enrolment_id == Enrolment.id).exists()
    statement = (
        select(
            Person.given_name,
            Person.family_name,
            Enrolment.id,
            Person.id,
            Cohort.name,
            Cohort.starts_on,
            Cohort.ends_on,
            has | asked,
        )
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Cohort.programme_id == programme_id, Enrolment.state == EnrolmentState.STARTED)
    )
    return {
        same(f"{row[0]} {row[1]}"): StartedPerson(
            row[2], row[3], row[4], row[5], row[6], has_outcome=bool(row[7])
        )
        for row in db.session.execute(statement)
    }
