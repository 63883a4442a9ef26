"""Use cases of corrections: put an outcome right, end it, or say that it never was."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.outcomes.corrections.queries import get_outcome
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import WORK, Found, check_found, own_cohorts_of
from jobsearch.outcomes.service import check_origin, write_found
from jobsearch.outcomes.told.queries import list_ends_told
from jobsearch.outcomes.told.rules import ToldState
from jobsearch.outcomes.told.settling import settle
from jobsearch.payroll.bonus.service import award
from jobsearch.payroll.bonus.terms.rules import Happening


def correct_outcome(actor: Actor, outcome_id: str, version: int, found: Found) -> Outcome:
    """Put an outcome right; the trail keeps what it said before.

    A bonus that it earns now is promised; one that was promised before is withdrawn where bonuses
    are. Raises NotVisible, Conflict, RuleBroken.
    """
    outcome = get_outcome(outcome_id, own_cohorts_of(actor), held=True).outcome
    if outcome.version != version:
        raise Conflict
    check_found(found, today(actor.zone))
    check_origin(outcome.person_id, found.origin)
    write_found(actor, outcome, found)
    db.session.flush()
    if outcome.before_start_on is None:
        happening = Happening(found.kind in WORK, found.began_on, found.ended_on)
        award(actor, outcome.enrolment_id, happening)
    return outcome


def end_outcome(outcome: Outcome, ended_on: date | None) -> Outcome:
    """What was noted has ended; the person may return to it, as another outcome."""
    outcome.ended_on = ended_on
    db.session.flush()
    return outcome


def strike_outcome(actor: Actor, outcome_id: str, version: int) -> str:
    """It never was: the outcome goes, the trail keeps it. Returns whose enrolment it was.

    Whoever has told that it ended has nothing more to wait for: without it, that would read as
    work of its own.
    Raises NotVisible, Conflict.
    """
    outcome = get_outcome(outcome_id, own_cohorts_of(actor), held=True).outcome
    if outcome.version != version:
        raise Conflict
    enrolment_id = outcome.enrolment_id
    for told in list_ends_told(outcome.id):
        settle(told, ToldState.NOT_SO, actor)
    db.session.delete(outcome)
    db.session.flush()
    return enrolment_id
