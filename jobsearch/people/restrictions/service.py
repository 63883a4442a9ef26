"""Use cases of restrictions: begin one, end it, and the one check before anything is passed on."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.people.queries import get_person
from jobsearch.people.restrictions.models import ProcessingRestriction
from jobsearch.people.restrictions.queries import find_restriction, hold_person
from jobsearch.people.restrictions.rules import ALREADY, RESTRICTED, RestrictionReason


def check_unrestricted(person_id: str) -> None:
    """Ask this before anything about a person is passed on to somebody outside.

    Raises RuleBroken while the use of her data is restricted (GDPR art. 18(2)).
    """
    hold_person(person_id, alone=False)
    if find_restriction(person_id) is not None:
        raise RuleBroken(RESTRICTED)


def restrict(actor: Actor, person_id: str, reason: RestrictionReason) -> ProcessingRestriction:
    """Restrict the use of a person's data from now on.

    Raises NotVisible for a person of another provider, and RuleBroken while one holds already.
    """
    person = get_person(person_id)
    hold_person(person_id, alone=True)
    if find_restriction(person_id) is not None:
        raise RuleBroken(ALREADY, field="kind")
    restriction = ProcessingRestriction(
        organisation_id=person.organisation_id,
        person_id=person_id,
        reason=reason,
        began_at=now(),
        began_by_id=actor.account_id,
    )
    db.session.add(restriction)
    db.session.flush()
    return restriction


def lift(actor: Actor, person_id: str) -> bool:
    """End the restriction of a person; says whether there was one."""
    hold_person(person_id, alone=True)
    held = find_restriction(person_id)
    if held is None:
        return False
    held.ended_at, held.ended_by_id = now(), actor.account_id
    db.session.flush()
    return True
