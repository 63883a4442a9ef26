"""Use cases of correcting: what stood there stays on record, and the reason beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.core.tokens import new_key
from jobsearch.tracker import queries
from jobsearch.tracker.corrections.locks import FACTS
from jobsearch.tracker.corrections.queries import get_goals_of_day
from jobsearch.tracker.corrections.rules import check_count, check_reason, nothing_changes
from jobsearch.tracker.interviews.models import Interview
from jobsearch.tracker.models import Action, ActionSource, Correction
from jobsearch.tracker.rules import Activity, check_log_day
from jobsearch.tracker.service import employer_of, write_goals

_COPIED = (
    "person_id", "enrolment_id", "cohort_id", "source", "note", "lead_id", "channel", "reached",
    "reply", "replied_on", "private_at", "confirmed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is corrected; a workplace may be named as words of health are."""

    text: str
    about_work: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What was done, as a correction says it."""

    activity: Activity
    on: date
    count: int = 1
    employer_id: str | None = None
    employer_name: str | None = None
    role_title: str | None = None


def correct_action(
    actor: Actor, action_id: str, version: int | None, facts: Facts, reason: Reason
) -> Action:
    """Let another action take the place of this one, which counts no more and stays on record.

    Raises NotVisible, Conflict when someone else has changed it since `version` was read, and
    RuleBroken without a reason, for a wrong day or number, or when nothing would change.
    """
    old = _held(actor, action_id, version, reason)
    place = queries.get_place(old.enrolment_id)
    check_log_day(facts.on, place.logs_from, today(actor.zone))
    check_count(facts.count, old.source)
    new = Action(id=new_key(), logged_at=now(), **{name: getattr(old, name) for name in _COPIED})
    _say(new, facts)
    if all(getattr(new, name) == getattr(old, name) for name in (*FACTS, "count")):
        raise nothing_changes()
    if new.employer_id == old.employer_id:
        new.remembered_at = old.remembered_at  # one contact is counted once
    db.session.add(new)
    db.session.flush()
    _take_over(old, new)
    _close(actor, old, new, reason)
    return new


def call_it_a_mistake(actor: Actor, action_id: str, version: int | None, reason: Reason) -> Action:
    """Nothing of it was done: it counts no more and stays on record. Raises as `correct_action`."""
    old = _held(actor, action_id, version, reason)
    _close(actor, old, None, reason)
    return old


def add_action(actor: Actor, person_id: str, facts: Facts, reason: Reason) -> Action:
    """Add to a locked day what was done and never logged; the entry says that a coach made it.

    Raises NotVisible for a person whom the coach may not see or who is in no cohort, RuleBroken
    without a reason or for a wrong day.
    """
    person = queries.get_person(actor, person_id)
    check_reason(reason.text, about_work=reason.about_work)
    place = queries.get_place_of_day(person.id, facts.on)
    check_log_day(facts.on, place.logs_from, today(actor.zone))
    new = Action(
        id=new_key(),
        person_id=person.id,
        enrolment_id=place.enrolment_id,
        cohort_id=place.cohort_id,
        source=ActionSource.PROXY,
        logged_at=now(),
    )
    _say(new, facts)
    db.session.add(new)
    db.session.flush()
    _note(actor, person.id, reason, new_id=new.id)
    touch_board(place.cohort_id)
    return new


def correct_goals(
    actor: Actor, enrolment_id: str, day_id: str, targets: Mapping[Activity, int], reason: Reason
) -> int:
    """Set goals of a locked day otherwise, with one reason for them; returns how many changed.

    Raises NotVisible, and RuleBroken without a reason, for a target that cannot be, or when
    nothing would change.
    """
    shown = get_goals_of_day(actor, enrolment_id, day_id)
    check_reason(reason.text, about_work=reason.about_work)
    changed = {kind: n for kind, n in targets.items() if n != shown.targets.get(kind, 0)}
    if not changed:
        raise nothing_changes()
    write_goals(shown.place, shown.on, changed)
    for goal in queries.list_goals(enrolment_id, shown.on):
        if goal.activity in changed:
            _note(actor, goal.person_id, reason, goal_id=goal.id)
    return len(changed)


def _held(actor: Actor, action_id: str, version: int | None, reason: Reason) -> Action:
    action = queries.get_action(actor, action_id)
    check_reason(reason.text, about_work=reason.about_work)
    if version is not None and version != action.version:
        raise Conflict
    return action


def _say(action: Action, facts: Facts) -> None:
    action.activity, action.on, action.count = facts.activity, facts.on, facts.count
    action.employer_id = employer_of(action.person_id, facts.employer_id, facts.employer_name)
    action.role_title = facts.role_title or None
    if facts.activity is not Activity.EMPLOYER_CONTACT:
        action.reached = None


def _take_over(old: Action, new: Action) -> None:
    """An interview is counted by the action that counts."""
    db.session.execute(
        update(Interview).where(Interview.action_id == old.id).values(action_id=new.id)
    )


def _close(actor: Actor, old: Action, new: Action | None, reason: Reason) -> None:
    old.undone_at = now()
    _note(actor, old.person_id, reason, old_id=old.id, new_id=new.id if new else None)
    touch_board(old.cohort_id)


def _note(actor: Actor, person_id: str, reason: Reason, **what: str | None) -> None:
    row = Correction(
        person_id=person_id,
        reason=reason.text,
        corrected_at=now(),
        corrected_by_id=actor.account_id,
        **what,
    )
    db.session.add(row)
    db.session.flush()
