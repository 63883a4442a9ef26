"""Use cases of interviews: write one down, move it, prepare, take it away, say how it went."""

from dataclasses import dataclass
from datetime import date, datetime

from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.corrections.locks import check_open, is_locked
from jobsearch.tracker.interviews import queries
from jobsearch.tracker.interviews.models import Interview, InterviewTick
from jobsearch.tracker.interviews.rules import (
    InterviewWay,
    Preparation,
    Went,
    check_interview,
    check_told,
    starts_at_of,
)
from jobsearch.tracker.leads.models import Lead, LeadMove
from jobsearch.tracker.leads.rules import LeadStage
from jobsearch.tracker.models import Action
from jobsearch.tracker.queries import Place, find_action, get_place, get_place_of_day
from jobsearch.tracker.rules import Activity, Details
from jobsearch.tracker.service import employer_of, log_action, log_for, undo_action


@dataclass(frozen=True, slots=True)
class When:
    """What is agreed on: the day, the minute of the day on the wall, length, way and place."""

    on: date
    minute: int
    minutes: int
    way: InterviewWay
    place: str = ""


def add_interview(
    actor: Actor,
    person_id: str,
    when: When,
    *,
    employer_id: str | None = None,
    employer_name: str | None = None,
    lead_id: str | None = None,
    is_logged: bool = False,
) -> Interview:
    """Write an interview down that was agreed: by the person, or by her coach for her.

    It counts in the figures by an interview action of today; `is_logged` takes the latest one
    that the person has logged already instead. Raises RuleBroken for what cannot be, NotVisible
    for an employer or a lead that is not the person's.
    """
    if actor.person_id not in (None, person_id):
        raise NotVisible
    place = get_place_of_day(person_id, today(actor.zone))
    starts_at = _checked(actor, place, when)
    lead = _lead(person_id, lead_id)
    logged = queries.find_unmatched(person_id) if is_logged else None
    action = logged or _log(actor, person_id, lead, employer_id, employer_name)
    interview = Interview(
        person_id=person_id,
        enrolment_id=place.enrolment_id,
        cohort_id=place.cohort_id,
        employer_id=_employer(action, employer_id, employer_name),
        lead_id=lead.id if lead else None,
        action_id=action.id,
        changed_at=now(),
    )
    _write(interview, starts_at, when)
    db.session.add(interview)
    db.session.flush()
    if lead is not None:
        _reach_interview(actor, lead)
    return interview


def _write(interview: Interview, starts_at: datetime, when: When) -> None:
    interview.starts_at, interview.minutes = starts_at, when.minutes
    interview.way, interview.place = when.way, when.place


def _employer(action: Action, employer_id: str | None, employer_name: str | None) -> str:
    """The employer that was said, else that of the action; an action without one gets it."""
    employer = employer_of(action.person_id, employer_id, employer_name) or action.employer_id
    if employer is None:
        raise _no_employer()
    if action.employer_id is None and not is_locked(action.enrolment_id, {action.on}):
        action.employer_id = employer
        touch_board(action.cohort_id)
    return employer


def _log(
    actor: Actor,
    person_id: str,
    lead: Lead | None,
    employer_id: str | None,
    employer_name: str | None,
) -> Action:
    if not (employer_id or employer_name):
        raise _no_employer()
    details = Details(
        employer_id=employer_id,
        employer_name=employer_name,
        role_title=lead.role_title if lead else None,
        lead_id=lead.id if lead else None,
    )
    if actor.person_id is None:
        return log_for(actor, person_id, Activity.INTERVIEW, **details)
    return log_action(actor, Activity.INTERVIEW, **details)


def _no_employer() -> RuleBroken:
    return RuleBroken(N_("Say which employer it is."), field="employer_name")


def _lead(person_id: str, lead_id: str | None) -> Lead | None:
    if not lead_id:
        return None
    lead = queries.find_lead(person_id, lead_id)
    if lead is None:
        raise NotVisible
    return lead


def _reach_interview(actor: Actor, lead: Lead) -> None:
    """The lead is at its interview now, unless it is there or further already."""
    if lead.stage not in (LeadStage.FOUND, LeadStage.APPLIED):
        return
    move = LeadMove(
        lead_id=lead.id,
        person_id=lead.person_id,
        cohort_id=lead.cohort_id,
        from_stage=lead.stage,
        to_stage=LeadStage.INTERVIEW,
        on=today(actor.zone),
        moved_at=now(),
        moved_by_id=actor.account_id,
    )
    lead.stage, lead.stage_on = LeadStage.INTERVIEW, move.on
    db.session.add(move)
    db.session.flush()


def _checked(actor: Actor, place: Place, when: When) -> datetime:
    starts_at = starts_at_of(when.on, when.minute, actor.zone)
    check_interview(starts_at, when.minutes, when.place, place.logs_from, now(), actor.zone)
    return starts_at


def edit_interview(
    actor: Actor,
    interview_id: str,
    version: int | None,
    when: When,
    *,
    employer_id: str | None = None,
    employer_name: str | None = None,
) -> Interview:
    """Move an interview, or correct where and with whom it is; it stays the same one.

    Raises as `add_interview`, and Conflict when someone else has changed it since `version`.
    """
    interview = _kept(actor, interview_id)
    if version is not None and version != interview.version:
        raise Conflict
    starts_at = _checked(actor, get_place(interview.enrolment_id), when)
    employer = employer_of(interview.person_id, employer_id, employer_name)
    if employer is None:
        raise _no_employer()
    before = (interview.starts_at, interview.way, interview.place)
    interview.employer_id = employer
    _write(interview, starts_at, when)
    if before != (interview.starts_at, interview.way, interview.place):
        interview.changed_at = now()
    db.session.flush()
    return interview


def _kept(actor: Actor, interview_id: str) -> Interview:
    interview = queries.get_interview(actor, interview_id)
    if interview.cancelled_at is not None:
        raise RuleBroken(N_("This interview was taken away. Bring it back first."))
    return interview


def tick(actor: Actor, interview_id: str, item: Preparation, *, done: bool) -> None:
    """Say that one thing is prepared, or not after all; twice is the same. Raises NotVisible."""
    interview = _kept(actor, interview_id)
    row = queries.find_tick(interview.id, item)
    if done and row is None:
        row = InterviewTick(interview_id=interview.id, person_id=interview.person_id, item=item)
        db.session.add(row)
    elif row is not None and not done:
        db.session.delete(row)
    db.session.flush()


def cancel_interview(actor: Actor, interview_id: str, *, was_mistake: bool) -> Interview:
    """Take an interview away. Was it written down by mistake, its action counts no more either.

    Twice is the same. Raises NotVisible, and RuleBroken when the action cannot be taken back.
    """
    interview = queries.get_interview(actor, interview_id)
    if interview.cancelled_at is None:
        interview.cancelled_at = now()
        db.session.flush()
    if was_mistake and interview.action_id is not None:
        undo_action(actor, interview.action_id)
    return interview


def restore_interview(actor: Actor, interview_id: str) -> Interview:
    """Bring back what was taken away; its action counts again.

    Raises NotVisible, and RuleBroken when the day of the action is locked by now.
    """
    interview = queries.get_interview(actor, interview_id)
    interview.cancelled_at = None
    action = find_action(actor, interview.action_id) if interview.action_id else None
    if action is not None and action.undone_at is not None:
        check_open(actor, action.enrolment_id, action.on)
        action.undone_at = None
        touch_board(action.cohort_id)
    db.session.flush()
    return interview


def tell_how_it_went(actor: Actor, interview_id: str, went: Went, learned: str) -> Interview:
    """Keep how an interview went and what was learned; told again, the new words hold.

    Raises RuleBroken before it has begun, NotVisible.
    """
    interview = _kept(actor, interview_id)
    check_told(interview.starts_at, learned, now())
    interview.went, interview.learned, interview.told_at = went, learned, now()
    db.session.flush()
    return interview
