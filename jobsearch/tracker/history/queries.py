"""What a history is read from: an entry, the trail of its rows, and the names in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select

from jobsearch.accounts.models import Account
from jobsearch.audit.queries import Change, list_changes
from jobsearch.cohorts.models import CohortDay
from jobsearch.core.access import Actor, Permission, may
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.tracker.corrections.locks import is_past_and_locked
from jobsearch.tracker.history.rules import Entry, Moment, Reader, Why, chain_of, tell
from jobsearch.tracker.models import Correction, Employer, Goal
from jobsearch.tracker.queries import find_action, get_person, visible_people
from jobsearch.tracker.rules import ActionSource, Activity


@dataclass(frozen=True, slots=True)
class History:
    """The story of one entry, whose it is and what it says now.

    `current_id` is the action that counts now, None when none does; `is_shut` when its day is
    locked or it came from a file: then it is corrected, not edited.
    """

    person: Person
    on: date
    activity: Activity
    moments: Sequence[Moment]
    names: dict[str, str]
    current_id: str | None = None
    is_shut: bool = False
    day_id: str | None = None
    enrolment_id: str = ""


def get_action_history(actor: Actor, action_id: str) -> History:
    """The story of an action and of those that took its place. Raises NotVisible."""
    action = find_action(actor, action_id)
    if action is None:
        raise NotVisible
    corrections = _corrections(action.person_id)
    chain = chain_of(action.id, corrections)
    last = action if chain[-1] == action.id else find_action(actor, chain[-1])
    assert last is not None
    changes = list_changes(actor.organisation_id, "action", chain)
    imported = action.source is ActionSource.IMPORTED
    return History(
        person=action.person,
        on=last.on,
        activity=last.activity,
        moments=_moments(actor, action.person_id, changes, corrections),
        names=_account_names(changes),
        current_id=last.id if last.undone_at is None else None,
        is_shut=imported or is_past_and_locked(actor, last.enrolment_id, last.on),
        enrolment_id=last.enrolment_id,
    )


def get_goal_history(actor: Actor, goal_id: str) -> History:
    """The story of one goal of one day. Raises NotVisible."""
    goal = db.session.scalar(select(Goal).where(Goal.id == goal_id, _seen(actor)))
    if goal is None:
        raise NotVisible
    corrections = [why for why in _corrections(goal.person_id) if why.goal_id == goal.id]
    changes = list_changes(actor.organisation_id, "goal", [goal.id])
    day_id = db.session.scalar(
        select(CohortDay.id)
        .where(CohortDay.cohort_id == goal.cohort_id, CohortDay.on == goal.on)
        .limit(1)
    )
    return History(
        person=_person(actor, goal.person_id),
        on=goal.on,
        activity=goal.activity,
        moments=_moments(actor, goal.person_id, changes, corrections),
        names=_account_names(changes),
        is_shut=is_past_and_locked(actor, goal.enrolment_id, goal.on),
        day_id=day_id,
        enrolment_id=goal.enrolment_id,
    )


def _seen(actor: Actor) -> ColumnElement[bool]:
    if actor.person_id is not None:
        return Goal.person_id == actor.person_id
    return Goal.person_id.in_(visible_people(actor))


def _person(actor: Actor, person_id: str) -> Person:
    if actor.person_id is None:
        return get_person(actor, person_id)
    person = db.session.get(Person, person_id)
    assert person is not None
    return person


def _corrections(person_id: str) -> list[Why]:
    statement = (
        select(
            Correction.old_id,
            Correction.new_id,
            Correction.goal_id,
            Correction.reason,
            Correction.corrected_at,
        )
        .where(Correction.person_id == person_id)
        .order_by(Correction.corrected_at, Correction.id)
    )
    return [Why(*row) for row in db.session.execute(statement)]


def _moments(
    actor: Actor, person_id: str, changes: Iterable[Change], corrections: Sequence[Why]
) -> list[Moment]:
    entries = [
        Entry(one.at, one.account_id, one.role, one.act, one.row_id, one.values, one.is_erased)
        for one in changes
    ]
    statement = select(Employer.id, Employer.name).where(Employer.person_id == person_id)
    employers = {row.id: row.name for row in db.session.execute(statement)}
    # a note is for two: the job seeker and the coach
    reads_notes = actor.person_id == person_id or may(actor, Permission.TRACKER_WRITE)
    return tell(entries, corrections, Reader(employers, reads_notes))


def _account_names(changes: Iterable[Change]) -> dict[str, str]:
    ids = {one.account_id for one in changes if one.account_id}
    if not ids:
        return {}
    statement = select(Account.id, Account.name).where(Account.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(statement)}
