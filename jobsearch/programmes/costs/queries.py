"""What is asked of the lines of a programme's costs."""

from datetime import date

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.programmes.costs.models import ProgrammeCost


def list_labels(programme_id: str) -> frozenset[str]:
    """The labels that the programme's lines have which are of no single cohort."""
    statement = select(ProgrammeCost.label).where(
        ProgrammeCost.programme_id == programme_id,
        ProgrammeCost.cohort_id.is_(None),
        ProgrammeCost.removed_at.is_(None),
    )
    return frozenset(db.session.scalars(statement))


def get_cost(cost_id: str) -> ProgrammeCost:
    """One line of the bookkeeping that stands. Raises NotVisible."""
    statement = select(ProgrammeCost).where(
        ProgrammeCost.id == cost_id, ProgrammeCost.removed_at.is_(None)
    )
    line = db.session.scalar(statement)
    if line is None:
        raise NotVisible
    return line


def is_booked(programme_id: str, cohort_id: str | None, label: str, booked_on: date) -> bool:
    """Whether a line of this name stands on the day, of this cohort or of the whole programme."""
    statement = select(ProgrammeCost.id).where(
        ProgrammeCost.programme_id == programme_id,
        ProgrammeCost.cohort_id.is_not_distinct_from(cohort_id),
        ProgrammeCost.label == label,
        ProgrammeCost.booked_on == booked_on,
        ProgrammeCost.removed_at.is_(None),
    )
    return db.session.scalar(statement.limit(1)) is not None
