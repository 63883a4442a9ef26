"""What a history is read from: an entry, the trail of its rows, and the names in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select

from jobsearch.accounts.models import Account
from jobsearch.audit.queries import Change, list_changes
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.core.access import Actor, Permission, may
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.tracker.corrections.locks import is_past_and_locked
from jobsearch.tracker.history.rules import Entry, Moment, Reader, Why, chain_of, tell
from jobsearch.tracker.models import Correction, Employer
from jobsearch.tracker.queries import find_action, list_goals, visible_people
from jobsearch.tracker.rules import ActionSource, Activity

_OF_NUMBERS = Reader({}, reads_notes=False)


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
        moments=_moments(changes, corrections, _reader(actor, action.person_id)),
        names=_account_names(changes),
        current_id=last.id if last.undone_at is None else None,
        is_shut=imported or is_past_and_locked(actor, last.enrolment_id, last.on),
    )


@dataclass(frozen=True, slots=True)
class GoalStories:
    """The stories of one person's goals of one day, by kind; `names` are those of accounts."""

    person: Person
    enrolment_id: str
    day_id: str
    on: date
    stories: Mapping[Activity, Sequence[Moment]]
    names: dict[str, str]
    is_shut: bool


def get_goal_stories(actor: Actor, day_id: str, enrolment_id: str | None = None) -> GoalStories:
    """The stories of a day's goals: of one enrolment, or the actor's own. Raises NotVisible."""
    row = db.session.execute(_day_of_person(actor, day_id, enrolment_id)).first()
    if row is None:
        raise NotVisible
    person, enrolment, on = row
    kinds = {goal.id: goal.activity for goal in list_goals(enrolment, on)}
    changes = list_changes(actor.organisation_id, "goal", list(kinds))
    corrections = _corrections(person.id)
    stories = {
        activity: _moments(
            [one for one in changes if one.row_id == goal_id],
            [why for why in corrections if why.goal_id == goal_id],
            _OF_NUMBERS,
        )
        for goal_id, activity in kinds.items()
    }
    is_shut = is_past_and_locked(actor, enrolment, on)
    names = _account_names(changes)
    return GoalStories(person, enrolment, day_id, on, stories, names, is_shut)


def _day_of_person(
    actor: Actor, day_id: str, enrolment_id: str | None
) -> Select[Person, str, date]:
    whose: ColumnElement[bool] = Enrolment.person_id == actor.person_id
    if actor.person_id is None:
        whose = Enrolment.person_id.in_(visible_people(actor))
        whose = and_(whose, Enrolment.id == enrolment_id)
    return (
        select(Person, Enrolment.id, CohortDay.on)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(CohortDay, CohortDay.cohort_id == Enrolment.cohort_id)
        .where(CohortDay.id == day_id, whose)
        .limit(1)
    )


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


def _moments(changes: Iterable[Change], corrections: Sequence[Why], reader: Reader) -> list[Moment]:
    entries = [
        Entry(one.at, one.account_id, one.role, one.act, one.row_id, one.values, one.is_erased)
        for one in changes
    ]
    return tell(entries, corrections, reader)


def _reader(actor: Actor, person_id: str) -> Reader:
    statement = select(Employer.id, Employer.name).where(Employer.person_id == person_id)
    employers = {row.id: row.name for row in db.session.execute(statement)}
    # a note is for two: the job seeker and the coach
    reads_notes = actor.person_id == person_id or may(actor, Permission.TRACKER_WRITE)
    return Reader(employers, reads_notes)


def _account_names(changes: Iterable[Change]) -> dict[str, str]:
    ids = {one.account_id for one in changes if one.account_id}
    if not ids:
        return {}
    statement = select(Account.id, Account.name).where(Account.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(statement)}
