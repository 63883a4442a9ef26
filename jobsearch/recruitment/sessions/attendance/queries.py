"""What is asked of attendance: the passes over a session's list."""

from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.recruitment.sessions.models import Marking


def list_markings(session_id: str) -> list[Marking]:
    """The passes over a session's list that were not taken back, newest first."""
    statement = (
        select(Marking)
        .where(Marking.session_id == session_id, Marking.undone_at.is_(None))
        .order_by(Marking.number.desc())
        .limit(20)
    )
    return list(db.session.scalars(statement))


def next_marking(session_id: str) -> int:
    """The number of the next pass over a session's list."""
    last = select(func.max(Marking.number)).where(Marking.session_id == session_id)
    return (db.session.scalar(last) or 0) + 1
