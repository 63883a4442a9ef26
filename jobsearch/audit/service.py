"""Use cases of the audit trail: note who looked."""

from sqlalchemy import insert

from jobsearch.audit.models import AccessEntry
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db


def note_looks(actor: Actor, looks: list[tuple[str, str]]) -> None:
    """Write one row for each look (person, what) of the actor (act 906/2019 section 17)."""
    at = now()
    rows = [
        {
            "at": at,
            "account_id": actor.account_id,
            "role": actor.role.value,
            "organisation_id": actor.organisation_id,
            "person_id": person_id,
            "what": what,
            "refused": False,
        }
        for person_id, what in looks
    ]
    db.session.connection().execute(insert(AccessEntry), rows)
