"""Use cases of what people tell: tell it, take it back; a coach notes it or says it is not so."""

from datetime import date

from jobsearch.coaching.documents.contents import form_of
from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.corrections.service import end_outcome
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import Found, Origin, own_cohorts_of
from jobsearch.outcomes.service import check_origin, record_outcome
from jobsearch.outcomes.told import queries
from jobsearch.outcomes.told.models import ToldOutcome
from jobsearch.outcomes.told.queries import OwnOutcomes
from jobsearch.outcomes.told.rules import (
    Told,
    ToldState,
    check_end,
    check_still_told,
    check_told,
    check_waiting,
)
from jobsearch.outcomes.told.settling import settle


def own_person(actor: Actor) -> str:
    """The person who acts. Raises NotVisible for who is none."""
    if actor.person_id is None:
        raise NotVisible
    return actor.person_id


def tell(actor: Actor, told: Told, content: bytes = b"") -> ToldOutcome:
    """A participant tells of her job or studies; a document stays until it is looked at.

    Raises RuleBroken, also for who has not started.
    """
    person_id = own_person(actor)
    own = queries.list_own(person_id, actor.zone)
    check_told(told, today(own.zone))
    check_waiting(own.waiting)
    check_origin(person_id, told.origin)
    origin = told.origin or Origin()
    row = _row(person_id, own)
    row.kind, row.began_on, row.ended_on = told.kind, told.began_on, told.ended_on
    row.weekly_minutes, row.own_field, row.fit = told.weekly_minutes, told.own_field, told.fit
    row.found_through = told.found_through
    row.lead_id, row.action_id = origin.lead_id, origin.action_id
    if content:
        row.file_id = files.take_in(content, form_of(content).value).id
    db.session.add(row)
    db.session.flush()
    return row


def _row(person_id: str, own: OwnOutcomes) -> ToldOutcome:
    if own.enrolment_id is None:
        raise RuleBroken(N_("You have not started yet. Tell your coach, who notes it."))
    return ToldOutcome(
        organisation_id=own.organisation_id,
        enrolment_id=own.enrolment_id,
        person_id=person_id,
        told_at=now(),
    )


def tell_end(actor: Actor, outcome_id: str, ended_on: date | None) -> ToldOutcome:
    """A participant tells that something noted has ended. Raises NotVisible, RuleBroken."""
    person_id = own_person(actor)
    outcome = queries.get_own_outcome(outcome_id, person_id)
    own = queries.list_own(person_id, actor.zone)
    check_waiting(own.waiting)
    last = check_end(outcome.began_on, ended_on, today(own.zone))
    if any(one.ends_id == outcome.id and one.state is ToldState.TOLD for one in own.told):
        raise RuleBroken(N_("You have told this already."), "ended_on")
    row = _row(person_id, own)
    row.enrolment_id, row.kind = outcome.enrolment_id, outcome.kind
    row.began_on, row.ended_on, row.ends_id = outcome.began_on, last, outcome.id
    db.session.add(row)
    db.session.flush()
    return row


def take_back(actor: Actor, told_id: str) -> None:
    """What she told was not so; its document is erased. Raises NotVisible, RuleBroken."""
    row = queries.get_own_told(told_id, own_person(actor))
    check_still_told(row.state)
    settle(row, ToldState.TAKEN_BACK, actor)


def confirm(actor: Actor, told_id: str, version: int, found: Found | None) -> Outcome:
    """A coach notes what was told, as `found`; an end has nothing more to say.

    The document is erased, whatever was seen in it is noted. Raises NotVisible, Conflict,
    RuleBroken.
    """
    line = queries.get_told(told_id, own_cohorts_of(actor), held=True)
    row = line.told
    check_still_told(row.state)
    if row.version != version:
        raise Conflict
    if line.ends is not None:
        outcome = end_outcome(line.ends, row.ended_on)
    elif found is None:
        raise RuleBroken(N_("Say what was found."))
    else:
        outcome = record_outcome(actor, row.enrolment_id, found)
    settle(row, ToldState.NOTED, actor)
    row.outcome_id = outcome.id
    db.session.flush()
    return outcome


def decline(actor: Actor, told_id: str, version: int) -> None:
    """A coach has asked, and it is not so. Raises NotVisible, Conflict, RuleBroken."""
    row = queries.get_told(told_id, own_cohorts_of(actor), held=True).told
    check_still_told(row.state)
    if row.version != version:
        raise Conflict
    settle(row, ToldState.NOT_SO, actor)
