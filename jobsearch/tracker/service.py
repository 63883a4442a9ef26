"""Use cases of the tracker: log, undo, correct, and set goals."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Unpack

from jobsearch.cohorts.service import touch_board
from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible
from jobsearch.core.tokens import new_key
from jobsearch.tracker import board, queries
from jobsearch.tracker.corrections.locks import check_facts, check_open
from jobsearch.tracker.details import queries as details_asked
from jobsearch.tracker.details.service import check_twin, columns_of
from jobsearch.tracker.models import Action, ActionSource, Employer, Goal
from jobsearch.tracker.own import queries as own
from jobsearch.tracker.rules import (
    Activity,
    Details,
    GoalOrigin,
    check_change,
    check_goal,
    check_goal_day,
    check_log_day,
    company_key,
)

NAMES_FOLLOWED_BY = board.__name__  # importing it makes boards follow the names on them


def log_action(
    actor: Actor, activity: Activity, on: date | None = None, **details: Unpack[Details]
) -> Action:
    """A participant says what she did; no day means today. One action a call.

    Raises RuleBroken for a day outside her cohort and for details that cannot be, LoggedBefore for
    what may be logged twice (where `again` is False), NotVisible for an employer or a lead that is
    not hers or when she is in no cohort.
    """
    if actor.person_id is None:
        raise NotVisible
    return _log(actor, actor.person_id, ActionSource.OWN, activity, on, details)


def log_for(
    actor: Actor,
    person_id: str,
    activity: Activity,
    on: date | None = None,
    **details: Unpack[Details],
) -> Action:
    """A coach logs for a participant who told her; the entry is marked as hers by proxy.

    Raises as `log_action`, and NotVisible for a person whom the coach may not see.
    """
    person = queries.get_person(actor, person_id)
    return _log(actor, person.id, ActionSource.PROXY, activity, on, details)


def _log(
    actor: Actor,
    person_id: str,
    source: ActionSource,
    activity: Activity,
    on: date | None,
    details: Details,
) -> Action:
    this_day = today(actor.zone)
    on = on or this_day
    place = queries.get_place_of_day(person_id, on)
    check_log_day(on, place.logs_from, this_day)
    check_open(actor, place.enrolment_id, on)
    said = _said(person_id, activity, on, this_day, details) if details else {}
    touch_board(place.cohort_id)
    action = Action(
        id=new_key(),
        person_id=person_id,
        enrolment_id=place.enrolment_id,
        cohort_id=place.cohort_id,
        on=on,
        activity=activity,
        source=source,
        logged_at=now(),
        **said,
    )
    db.session.add(action)  # one flush, together with what the answer spends
    return action


def _said(
    person_id: str,
    activity: Activity,
    on: date,
    this_day: date,
    details: Details,
    action: Action | None = None,
) -> dict[str, Any]:
    """The columns of the details, with their employer in the register."""
    employer_id = employer_of(person_id, details.get("employer_id"), details.get("employer_name"))
    return columns_of(person_id, activity, on, this_day, employer_id, details, action)


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
    **details: Unpack[Details],
) -> Action:
    """Give an action its details, or correct them; it stays the same action.

    What the person herself says of an entry of her coach is confirmed by that. Raises as
    `log_action`, RuleBroken for an imported figure or a locked day, and Conflict when someone else
    has changed it since `version` was read.
    """
    action = queries.get_action(actor, action_id)
    check_change(action.source)
    if version is not None and version != action.version:
        raise Conflict
    place, this_day = queries.get_place(action.enrolment_id), today(actor.zone)
    check_log_day(on, place.logs_from, this_day)
    said = _said(action.person_id, activity, on, this_day, details, action)
    said |= {"activity": activity, "on": on}
    check_facts(actor, action, said)
    for name, value in said.items():
        setattr(action, name, value)
    _confirm(actor, action)
    db.session.flush()
    touch_board(action.cohort_id)
    return action


def name_employer(actor: Actor, action_id: str, employer_id: str) -> Action:
    """Say afterwards at which employer of the register it was: one tap, nothing typed.

    Raises NotVisible, RuleBroken for an imported figure, and LoggedBefore when the job that the
    action names was logged at this employer before.
    """
    action = queries.get_action(actor, action_id)
    check_change(action.source)
    check_open(actor, action.enrolment_id, action.on)
    named = employer_of(action.person_id, employer_id, None)
    check_twin(named, action.activity, action.role_title, action.on, action.id)
    action.employer_id = named
    db.session.flush()
    touch_board(action.cohort_id)
    return action


def confirm_actions(actor: Actor, action_ids: Collection[str]) -> int:
    """A participant says that what her coach logged for her is so; returns how many were open.

    Confirming twice is the same. Raises NotVisible for another's entry.
    """
    if actor.person_id is None:
        raise NotVisible
    actions = own.list_by_keys(actor.person_id, action_ids)
    if len(actions) < len(set(action_ids)):
        raise NotVisible
    confirmed = [_confirm(actor, action) for action in actions]
    db.session.flush()
    return sum(confirmed)


def _confirm(actor: Actor, action: Action) -> bool:
    """Whether it was an entry by proxy that its person had not confirmed before, and now has."""
    is_open = action.source is ActionSource.PROXY and action.confirmed_at is None
    if not is_open or actor.person_id != action.person_id:
        return False
    action.confirmed_at = now()
    return True


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
    known = details_asked.find_named(person_id, company_key(wanted))
    if known is not None:
        return known
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
        goal.target, goal.origin = target, GoalOrigin.SET
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
