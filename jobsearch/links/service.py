"""Use cases of personal links: issue, spend, revoke."""

from datetime import datetime

from sqlalchemy import select

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import digest, new_secret
from jobsearch.links.models import PersonalLink


def issue_link(
    purpose: str,
    subject_id: str,
    *,
    expires_at: datetime | None,
    language: str | None = None,
    organisation_id: str | None = None,
) -> str:
    """A new link; returns its secret, which nobody can read again: only its digest is stored.

    `language` is the one that the page opens in; `organisation_id` is whose link it is where the
    unit of work sees more than one organisation. Older links to the same thing stay open;
    `revoke_links` first where only the newest may.
    """
    secret = new_secret()
    db.session.add(
        PersonalLink(
            purpose=purpose,
            subject_id=subject_id,
            language=language,
            organisation_id=organisation_id,
            secret_digest=digest(secret),
            issued_at=now(),
            expires_at=expires_at,
        )
    )
    return secret


def spend_link(link_id: str) -> None:
    """Use a link up. Raises RuleBroken when it is used up already: of two at once, one wins."""
    link = db.session.scalars(
        select(PersonalLink).where(PersonalLink.id == link_id).with_for_update()
    ).one()
    if link.spent_at is not None:
        raise RuleBroken(N_("This link has been used already."))
    link.spent_at = now()


def revoke_link(link_id: str) -> None:
    """Close a link; the next request that comes with it is told so."""
    statement = select(PersonalLink).where(PersonalLink.id == link_id)
    for link in db.session.scalars(statement):
        link.revoked_at = link.revoked_at or now()


def revoke_links(purpose: str, subject_id: str) -> None:
    """Close every open link to a thing."""
    statement = select(PersonalLink).where(
        PersonalLink.subject_id == subject_id,
        PersonalLink.purpose == purpose,
        PersonalLink.revoked_at.is_(None),
        PersonalLink.spent_at.is_(None),
    )
    for link in db.session.scalars(statement):
        link.revoked_at = now()
