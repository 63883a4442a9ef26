"""Use cases of the tracker: log, undo, correct, and set goals."""

from collections.abc import Mapping
from datetime import date

from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible
from jobsearch.core.tokens import new_key
from jobsearch.tracker import board, queries
from jobsearch.tracker.corrections.locks import check_facts, check_open, facts_of
from jobsearch.tracker.models import Action, ActionSource, Employer, Goal
from jobsearch.tracker.rules import (
    Activity,
    check_change,
    check_goal,
    check_goal_day,
    check_log_day,
)

NAMES_FOLLOWED_BY = board.__name__  # importing it makes boards follow the names on them


def log_action(
    actor: Actor,
    activity: Activity,
    on: date | None = None,
    *,
    employer_id: str | None = None,
    employer_name: str | None = None,
    role_title: str | None = None,
    note: str | None = None,
) -> Action:
    """A participant says what she did; no day means today. One action a call.

    Raises RuleBroken for a day outside her cohort, NotVisible for an employer that is not hers or
    when she is in no cohort.
    """
    if actor.person_id is None:
        raise NotVisible
    details = (employer_id, employer_name, role_title, note)
    return _log(actor, actor.person_id, ActionSource.OWN, activity, on, details)


def log_for(
    actor: Actor,
    person_id: str,
    activity: Activity,
    on: date | None = None,
    *,
    employer_id: str | None = None,
    employer_name: str | None = None,
    role_title: str | None = None,
    note: str | None = None,
) -> Action:
    """A coach logs for a participant who told her; the entry is marked as hers by proxy.

    Raises as `log_action`, and NotVisible for a person whom the coach may not see.
    """
    person = queries.get_person(actor, person_id)
    details = (employer_id, employer_name, role_title, note)
    return _log(actor, person.id, ActionSource.PROXY, activity, on, details)


_Details = tuple[str | None, str | None, str | None, str | None]


def _log(
    actor: Actor,
    person_id: str,
    source: ActionSource,
    activity: Activity,
    on: date | None,
    details: _Details,
) -> Action:
    this_day = today(actor.zone)
    on = on or this_day
    place = queries.get_place_of_day(person_id, on)
    check_log_day(on, place.logs_from, this_day)
    check_open(actor, place.enrolment_id, on)
    employer_id, employer_name, role_title, note = details
    employer = employer_of(person_id, employer_id, employer_name)
    touch_board(place.cohort_id)
    action = Action(
        id=new_key(),
        person_id=person_id,
        enrolment_id=place.enrolment_id,
        cohort_id=place.cohort_id,
        on=on,
        activity=activity,
        source=source,
        employer_id=employer,
        role_title=role_title or None,
        note=note or None,
        logged_at=now(),
    )
    db.session.add(action)  # one flush, together with what the answer spends
    return action


def undo_action(actor: Actor, action_id: str) -> Action:
    """Take an action back; it counts nothing from now on. Undoing it twice is the same.

    Raises NotVisible for another's action, RuleBroken for an imported figure.
    """
    action = queries.find_action(actor, action_id)
    if action is None:
        raise NotVisible
    check_change(action.source)
    if action.undone_at is None:
        check_open(actor, action.enrolment_id, action.on)
        action.undone_at = now()
        db.session.flush()
        touch_board(action.cohort_id)
    return action


def edit_action(
    actor: Actor,
    action_id: str,
    version: int | None = None,
    *,
    activity: Activity,
    on: date,
    employer_id: str | None = None,
    employer_name: str | None = None,
    role_title: str | None = None,
    note: str | None = None,
) -> Action:
    """Give an action its details, or correct them; it stays the same action.

    Raises NotVisible, RuleBroken for a wrong day, an imported figure or a locked day, and Conflict
    when someone else has changed it since `version` was read.
    """
    action = queries.get_action(actor, action_id)
    check_change(action.source)
    if version is not None and version != action.version:
        raise Conflict
    place = queries.get_place(action.enrolment_id)
    check_log_day(on, place.logs_from, today(actor.zone))
    before, on_before = facts_of(action), action.on
    action.activity = activity
    action.on = on
    action.employer_id = employer_of(action.person_id, employer_id, employer_name)
    action.role_title = role_title or None
    action.note = note or None
    check_facts(actor, action, before, on_before)
    db.session.flush()
    touch_board(action.cohort_id)
    return action


def name_employer(actor: Actor, action_id: str, employer_id: str) -> Action:
    """Say afterwards at which employer of the register it was: one tap, nothing typed.

    Raises NotVisible, and RuleBroken for an imported figure.
    """
    action = queries.get_action(actor, action_id)
    check_change(action.source)
    check_open(actor, action.enrolment_id, action.on)
    action.employer_id = employer_of(action.person_id, employer_id, None)
    db.session.flush()
    touch_board(action.cohort_id)
    return action


def employer_of(person_id: str, employer_id: str | None, name: str | None) -> str | None:
    """The employer that was picked, or the one of this name; a new name joins the register.

    Raises NotVisible for one that is not in this person's register.
    """
    if name:
        return _employer_named(person_id, name)
    if not employer_id:
        return None
    employer = queries.find_employer(person_id, employer_id)
    if employer is None:
        raise NotVisible
    return employer.id


def _employer_named(person_id: str, name: str) -> str:
    wanted = " ".join(name.split())
    for known in queries.list_employers(person_id):
        # letters beyond ASCII are folded here: SQLite cannot
        if known.name.casefold() == wanted.casefold():
            return known.id
    employer = Employer(person_id=person_id, name=wanted)
    db.session.add(employer)
    db.session.flush()
    return employer.id


def set_goal(actor: Actor, enrolment_id: str, on: date, activity: Activity, target: int) -> None:
    """Set one goal of one person's day; 0 takes it away from the sums but stays written.

    Raises as `set_goals`.
    """
    set_goals(actor, enrolment_id, on, {activity: target})


def set_goals(actor: Actor, enrolment_id: str, on: date, targets: Mapping[Activity, int]) -> None:
    """Set the goals of one person's day, those that are named; the others stay.

    Raises RuleBroken for a target or a day that cannot be, NotVisible for an enrolment that is not
    the actor's to set.
    """
    place = queries.get_place(enrolment_id)
    if actor.person_id is not None and actor.person_id != place.person_id:
        raise NotVisible
    check_goal_day(on, place.first, place.last)
    check_open(actor, enrolment_id, on)
    write_goals(place, on, targets)


def write_goals(place: queries.Place, on: date, targets: Mapping[Activity, int]) -> None:
    """Write goals of one person's day, locked or not; who calls has asked whether it may be.

    Raises RuleBroken for a target that cannot be.
    """
    for activity, target in targets.items():
        check_goal(activity, target)
    known = {goal.activity: goal for goal in queries.list_goals(place.enrolment_id, on)}
    for activity, target in targets.items():
        _set(known.get(activity), place, on, activity, target)
    db.session.flush()
    touch_board(place.cohort_id)


def _set(
    goal: Goal | None, place: queries.Place, on: date, activity: Activity, target: int
) -> None:
    if goal is not None:
        goal.target = target
        return
    db.session.add(
        Goal(
            enrolment_id=place.enrolment_id,
            cohort_id=place.cohort_id,
            person_id=place.person_id,
            on=on,
            activity=activity,
            target=target,
        )
    )
