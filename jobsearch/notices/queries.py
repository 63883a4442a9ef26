"""What is asked of messages."""

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.notices.models import Message


def is_written(once: str) -> bool:
    """Whether a message that may be sent one time only was written already."""
    return db.session.scalar(select(Message.id).where(Message.once == once)) is not None


def list_demo_messages(limit: int = 50) -> list[Message]:
    """The newest messages of the demo, where nothing is sent and everybody reads them here."""
    statement = select(Message).order_by(Message.created_at.desc(), Message.id).limit(limit)
    return list(db.session.scalars(statement))
