"""Use cases of leads: add, correct, move, take a move back, do or put off the next step, ask."""

from datetime import date, timedelta

from jobsearch.cohorts.calendar import free_weekday_from
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.leads import queries
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.rules import (
    OPEN_STAGES,
    LeadDetails,
    LeadStage,
    check_move,
    check_next_step,
)
from jobsearch.tracker.queries import get_person, get_place_of_day
from jobsearch.tracker.service import employer_of

_ONE_DAY = timedelta(days=1)


def add_lead(
    actor: Actor,
    details: LeadDetails,
    stage: LeadStage = LeadStage.FOUND,
    *,
    person_id: str | None = None,
) -> Lead:
    """A person notes an opportunity; staff note it for a participant (`person_id`) who told them.

    Raises RuleBroken for what is missing, NotVisible for who is in no group or is not the actor's
    to write for, or for an employer of another register.
    """
    owner = _owner(actor, person_id)
    if stage not in OPEN_STAGES:
        raise RuleBroken(N_("A new lead is open. It can end afterwards."), field="stage")
    on, at = today(actor.zone), now()
    place = get_place_of_day(owner, on)
    lead = Lead(
        person_id=owner,
        enrolment_id=place.enrolment_id,
        cohort_id=place.cohort_id,
        stage=stage,
        stage_on=on,
        added_at=at,
        advert=details.advert,
    )
    _write(lead, details)
    db.session.add(lead)
    db.session.flush()
    _note_move(actor, lead, None)
    return lead


def _owner(actor: Actor, person_id: str | None) -> str:
    if actor.person_id is not None and person_id in (None, actor.person_id):
        return actor.person_id
    if actor.person_id is not None or person_id is None:
        raise NotVisible
    return get_person(actor, person_id).id


def edit_lead(actor: Actor, lead_id: str, version: int | None, details: LeadDetails) -> Lead:
    """Correct a lead; its stage moves by `move_lead`, its advertisement stays as it was pasted.

    Raises RuleBroken, NotVisible, and Conflict when someone else has changed it since.
    """
    lead = _seen(actor, lead_id, version)
    before = lead.next_step, lead.next_step_on
    _write(lead, details)
    if before != (lead.next_step, lead.next_step_on):
        lead.touched_at = now()
    db.session.flush()
    return lead


def _write(lead: Lead, details: LeadDetails) -> None:
    if not details.role_title:
        raise RuleBroken(N_("Say what job it is."), field="role_title")
    check_next_step(details.next_step, details.next_step_on)
    employer_id = employer_of(lead.person_id, details.employer_id, details.employer_name)
    if employer_id is None:
        raise RuleBroken(N_("Say at which employer it is."), field="employer_name")
    lead.employer_id = employer_id
    lead.role_title = details.role_title
    lead.source = details.source
    lead.deadline_on = details.deadline_on
    lead.next_step, lead.next_step_on = details.next_step, details.next_step_on
    lead.note = details.note


def _seen(actor: Actor, lead_id: str, version: int | None) -> Lead:
    lead = queries.get_lead(actor, lead_id)
    if version != lead.version:
        raise Conflict
    return lead


def move_lead(actor: Actor, lead_id: str, version: int | None, to: LeadStage) -> LeadMove:
    """Say how far a lead is now. Raises RuleBroken, NotVisible, Conflict."""
    lead = _seen(actor, lead_id, version)
    check_move(lead.stage, to)
    before = lead.stage
    lead.stage, lead.stage_on = to, today(actor.zone)
    return _note_move(actor, lead, before)


def _note_move(actor: Actor, lead: Lead, before: LeadStage | None) -> LeadMove:
    move = LeadMove(
        lead_id=lead.id,
        person_id=lead.person_id,
        cohort_id=lead.cohort_id,
        from_stage=before,
        to_stage=lead.stage,
        on=lead.stage_on,
        moved_at=now(),
        moved_by_id=actor.account_id,
    )
    db.session.add(move)
    db.session.flush()
    return move


def undo_move(actor: Actor, lead_id: str, move_id: str) -> Lead:
    """Take the latest move back; doing it twice is the same.

    Raises NotVisible, and RuleBroken for a move after which there was another.
    """
    lead = queries.get_lead(actor, lead_id)
    move = queries.find_move(lead_id, move_id)
    if move is None or move.from_stage is None:
        raise NotVisible
    if move.undone_at is not None:
        return lead
    latest, *earlier = queries.list_moves(lead_id)
    if latest.id != move_id:
        raise RuleBroken(N_("This lead has moved again since. Take the latest move back first."))
    move.undone_at = now()
    lead.stage, lead.stage_on = move.from_stage, earlier[0].on
    db.session.flush()
    return lead


def finish_step(actor: Actor, lead_id: str, version: int | None) -> Lead:
    """The next step is done; what comes after it is asked. Raises NotVisible, Conflict."""
    lead = _seen(actor, lead_id, version)
    lead.next_step, lead.next_step_on, lead.touched_at = "", None, now()
    db.session.flush()
    return lead


def plan_step(actor: Actor, lead_id: str, version: int | None, step: str, on: date | None) -> Lead:
    """Say what comes next, and when. Raises RuleBroken, NotVisible, Conflict."""
    lead = _seen(actor, lead_id, version)
    if not step:
        raise RuleBroken(N_("Say what you do next."), field="next_step")
    check_next_step(step, on)
    lead.next_step, lead.next_step_on, lead.touched_at = step, on, now()
    db.session.flush()
    return lead


def put_off_step(actor: Actor, lead_id: str, version: int | None) -> Lead:
    """The next step waits until the next working day. Raises NotVisible, Conflict."""
    lead = _seen(actor, lead_id, version)
    if lead.next_step_on is None:
        raise Conflict
    lead.next_step_on = free_weekday_from(today(actor.zone) + _ONE_DAY)
    lead.touched_at = now()
    db.session.flush()
    return lead


def say_asked(actor: Actor, lead_id: str, version: int | None) -> Lead:
    """The person has asked the employer; the lead is quiet no more. Raises NotVisible, Conflict."""
    lead = _seen(actor, lead_id, version)
    lead.asked_at = now()
    db.session.flush()
    return lead


def wait_longer(actor: Actor, lead_id: str, version: int | None) -> Lead:
    """It is too early to ask; it is asked again as many days from now. Raises as `say_asked`."""
    lead = _seen(actor, lead_id, version)
    lead.touched_at = now()
    db.session.flush()
    return lead
