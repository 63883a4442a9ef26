"""What is asked of messages."""

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.notices.models import Message


def list_messages(organisation_ids: frozenset[str], limit: int = 50) -> list[Message]:
    """The newest messages of these organisations."""
    statement = (
        select(Message)
        .where(Message.organisation_id.in_(organisation_ids))
        .order_by(Message.created_at.desc(), Message.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def list_demo_messages(limit: int = 50) -> list[Message]:
    """The newest messages of the demo, where nothing is sent and everybody reads them here."""
    statement = select(Message).order_by(Message.created_at.desc(), Message.id).limit(limit)
    return list(db.session.scalars(statement))
