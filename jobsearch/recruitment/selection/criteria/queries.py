"""What is asked of criteria."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from jobsearch.core.db import db
from jobsearch.recruitment.selection.models import CriteriaEdition


def find_edition(programme_id: str) -> CriteriaEdition | None:
    """The edition of a programme's criteria that is in use, with its lines."""
    statement = (
        select(CriteriaEdition)
        .where(CriteriaEdition.programme_id == programme_id)
        .options(selectinload(CriteriaEdition.criteria))
        .order_by(CriteriaEdition.edition.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()
