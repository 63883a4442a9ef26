"""What is asked of a coach's groups."""

from sqlalchemy import select

from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.clock import today
from jobsearch.core.db import db


def list_unfinished(coach_id: str) -> list[Cohort]:
    """The groups of a coach that are not over, the next one first; those of before stay hers."""
    statement = (
        select(Cohort)
        .where(
            Cohort.coach_id == coach_id,
            Cohort.state == CohortState.OPEN,
            Cohort.ends_on >= today(),
        )
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
    )
    return list(db.session.scalars(statement))
