"""What is asked of personal links."""

from sqlalchemy import bindparam, select

from jobsearch.core.access import LinkHolder
from jobsearch.core.clock import now
from jobsearch.core.db import connection, db
from jobsearch.core.prepared import Prepared
from jobsearch.core.tokens import digest
from jobsearch.links.models import PersonalLink
from jobsearch.links.rules import state_of

_HELD = Prepared(
    select(
        PersonalLink.id,
        PersonalLink.subject_id,
        PersonalLink.organisation_id,
        PersonalLink.language,
        PersonalLink.expires_at,
        PersonalLink.revoked_at,
        PersonalLink.spent_at,
    ).where(
        PersonalLink.secret_digest == bindparam("secret_digest"),
        PersonalLink.purpose == bindparam("purpose"),
    )
)


def find_holder(purpose: str, secret: str) -> LinkHolder | None:
    """Who comes with this secret for this purpose; a link of another purpose opens nothing.

    Asked before the session has a scope: the link's organisation becomes the scope.
    """
    values = {"secret_digest": digest(secret), "purpose": purpose}
    row = _HELD.first_of_no_provider(connection(), values)
    if row is None:
        return None
    state = state_of(
        expires_at=row.expires_at, revoked_at=row.revoked_at, spent_at=row.spent_at, now=now()
    )
    return LinkHolder(row.id, purpose, row.subject_id, row.organisation_id, state, row.language)


def list_links(purpose: str, subject_id: str) -> list[PersonalLink]:
    """Every link that was issued for a thing, newest first."""
    statement = (
        select(PersonalLink)
        .where(PersonalLink.subject_id == subject_id, PersonalLink.purpose == purpose)
        .order_by(PersonalLink.issued_at.desc(), PersonalLink.id)
    )
    return list(db.session.scalars(statement))
