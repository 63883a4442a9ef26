"""Use cases of messages: write one into the outbox, in the transaction that causes it."""

from datetime import timedelta

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.notices.models import Message


def enqueue(
    *,
    kind: str,
    address: str,
    subject: str,
    body: str,
    organisation_id: str,
    expires_in: timedelta | None = None,
) -> None:
    """Put a message into the outbox; a job sends it after the transaction is kept."""
    at = now()
    db.session.add(
        Message(
            kind=kind,
            address=address,
            subject=subject,
            body=body,
            organisation_id=organisation_id,
            created_at=at,
            expires_at=None if expires_in is None else at + expires_in,
        )
    )
