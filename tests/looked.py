"""Looks at Pia's things, written straight into the log for the tests that read it."""

from typing import Any

from sqlalchemy import insert

from jobsearch.audit.models import AccessEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.looks import Look
from jobsearch.core.scope import whole_installation
from tests.world import NOW, Member, World


def look(world: World, who: Member, what: str = Look.HOURS, **more: Any) -> dict[str, Any]:
    """One row of the log: a member of the cast at a thing of Pia's, now."""
    return {
        "at": NOW,
        "account_id": who.account_id,
        "role": who.actor.role.value,
        "organisation_id": who.actor.organisation_id,
        "person_id": world.pia.person_id,
        "what": str(what),
        "refused": False,
    } | more


def write(*rows: dict[str, Any]) -> None:
    """Put rows into the log."""
    with unit_of_work(whole_installation("test")):
        db.session.connection().execute(insert(AccessEntry), list(rows))
