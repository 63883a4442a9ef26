"""Use case: a person found work before her first day."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.hiring.service import leave_before_start
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import WORK, Found, check_found
from jobsearch.outcomes.service import write_found
from jobsearch.recruitment.rules import ExitReason


def found_before_start(actor: Actor, enrolment_id: str, found: Found) -> Outcome:
    """She found work or studies and does not begin: one act, all of it or nothing.

    The outcome is noted as of its own kind, her contract ends by the ground for it, her seat is
    free, and her candidacy ends for the same reason. Raises NotVisible, RuleBroken.
    """
    check_found(found, today(actor.zone))
    reason = ExitReason.FOUND_WORK if found.kind in WORK else ExitReason.STUDIES
    enrolment = leave_before_start(actor, enrolment_id, reason)
    outcome = Outcome(
        organisation_id=enrolment.organisation_id,
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        before_start_on=today(actor.zone),
    )
    write_found(actor, outcome, found)
    db.session.add(outcome)
    db.session.flush()
    return outcome
