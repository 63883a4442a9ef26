"""What is asked of one person's seat."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.db import db


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A participant's seat in a group that is not over, with its coach."""

    enrolment_id: str
    cohort_id: str
    coach_id: str | None
    coach: str | None


def find_seat(person_id: str, today: date) -> OwnSeat | None:
    """The participant's own seat in a group that is not over."""
    statement = (
        select(Enrolment.id, Cohort.id, Cohort.coach_id, Account.name)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Account, Account.id == Cohort.coach_id)
        .where(
            Enrolment.person_id == person_id,
            has_seat(),
            Cohort.state == CohortState.OPEN,
            Cohort.ends_on >= today,
        )
        .order_by(Cohort.starts_on, Enrolment.id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return None if row is None else OwnSeat(*row)
