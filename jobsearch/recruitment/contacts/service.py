"""Use cases of contacts: write an attempt down, take it back, close who could not be reached."""

from datetime import date

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.recruitment import service as recruitment
from jobsearch.recruitment.contacts import queries
from jobsearch.recruitment.contacts.models import ContactAttempt
from jobsearch.recruitment.contacts.rules import (
    Attempt,
    ContactChannel,
    ContactResult,
    after,
    check_answered,
    check_next,
    next_try,
)
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import find_last_move, get_candidate
from jobsearch.recruitment.rules import ExitReason, Stage

SOURCE = "contact"


def log_attempt(
    actor: Actor,
    candidate_id: str,
    attempt: Attempt,
    *,
    call_when: str | None = None,
    version: int | None = None,
) -> ContactAttempt:
    """Write down one attempt; who is reached for the first time counts as contacted.

    `call_when` is when she wishes to be called, None when nothing new was said. Raises NotVisible,
    RuleBroken for a next day in the past, Conflict.
    """
    candidate = get_candidate(candidate_id)
    if version is not None and candidate.version != version:
        raise Conflict
    check_next(attempt.next_on, today(actor.zone))
    check_answered(attempt)
    then = after(attempt, candidate.stage, candidate.tries)
    row = _row(actor, candidate, attempt)
    if then.is_contacted and candidate.exit_reason is None:
        recruitment.move_candidate(candidate.id, Stage.CONTACTED, source=SOURCE)
        made = find_last_move(candidate.id)
        row.move_id = made.id if made else None
    candidate.call_on, candidate.call_why = then.call_on, then.call_why
    candidate.tries = then.tries
    if call_when is not None:
        candidate.call_when = call_when
    db.session.add(row)
    db.session.flush()
    return row


def log_call(
    actor: Actor, candidate_id: str, result: ContactResult, *, version: int | None = None
) -> ContactAttempt:
    """One click after a call: in vain, the next try is proposed by the rule of working days.

    Raises NotVisible, Conflict.
    """
    in_vain = result in (ContactResult.NO_ANSWER, ContactResult.LEFT_MESSAGE)
    candidate = get_candidate(candidate_id)
    again = propose_next(today(actor.zone), candidate.tries + 1) if in_vain else None
    attempt = Attempt(ContactChannel.PHONE, result, again)
    return log_attempt(actor, candidate_id, attempt, version=version)


def propose_next(this_day: date, tries: int) -> date:
    """When to try again after so many attempts in vain: a working day, holidays left out."""
    holidays = {*holidays_of(this_day.year), *holidays_of(this_day.year + 1)}
    return next_try(this_day, tries, holidays)


def undo_attempt(actor: Actor, attempt_id: str) -> Candidate:
    """Take an attempt back, by whoever made it or a colleague; the call list is as before.

    Raises NotVisible, RuleBroken when it was taken back already, is not the last one, or the
    candidate has moved on or left since.
    """
    attempt = queries.get_attempt(attempt_id)
    candidate = get_candidate(attempt.candidate_id)
    if attempt.undone_at is not None:
        raise RuleBroken(N_("This was undone already."))
    if not queries.is_last_standing(attempt):
        raise RuleBroken(N_("There is a later attempt. Only the last one can be taken back."))
    if queries.has_moved_since(attempt):
        raise RuleBroken(N_("The candidate has moved on since. Only the last move can be undone."))
    if attempt.move_id is not None:
        recruitment.undo_move(attempt.move_id, source=SOURCE)
    candidate.call_on, candidate.call_why = attempt.was_call_on, attempt.was_call_why
    candidate.tries = attempt.was_tries
    attempt.undone_at, attempt.undone_by_id = now(), actor.account_id
    db.session.flush()
    return candidate


def close_not_reached(candidate_id: str, *, version: int | None = None) -> Candidate:
    """Close who could not be reached; the attempts are the proof of effort.

    Raises NotVisible, RuleBroken before so many attempts as the provider's settings say, Conflict.
    """
    return recruitment.let_candidate_go(candidate_id, ExitReason.NOT_REACHED, version=version)


def _row(actor: Actor, candidate: Candidate, attempt: Attempt) -> ContactAttempt:
    return ContactAttempt(
        candidate_id=candidate.id,
        person_id=candidate.person_id,
        organisation_id=candidate.organisation_id,
        number=queries.last_number(candidate.id) + 1,
        channel=attempt.channel,
        result=attempt.result,
        tried_at=now(),
        next_on=attempt.next_on,
        tried_by_id=actor.account_id,
        was_call_on=candidate.call_on,
        was_call_why=candidate.call_why,
        was_tries=candidate.tries,
    )
