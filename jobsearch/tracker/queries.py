"""What is asked of the tracker: figures of days, a person's own actions and her employers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.prepared import Prepared
from jobsearch.people.models import Person
from jobsearch.tracker.models import Action, Employer, Goal
from jobsearch.tracker.rules import Activity, Figures

RECENT_EMPLOYERS = 6


def _sums(of_actions: ColumnElement[bool], of_goals: ColumnElement[bool]) -> Any:
    actions = (
        select(
            Action.enrolment_id,
            Action.on,
            Action.activity,
            func.sum(Action.count).label("done"),
            literal(0).label("goal"),
        )
        .where(Action.undone_at.is_(None), of_actions)
        .group_by(Action.enrolment_id, Action.on, Action.activity)
    )
    goals = select(Goal.enrolment_id, Goal.on, Goal.activity, literal(0), Goal.target)
    return union_all(actions, goals.where(of_goals))


# made once: these two are asked by the pages that are opened most
_DAYS: Any = bindparam("days", expanding=True)
_COHORT: Any = bindparam("cohort_id")
_OF_COHORT = Prepared(
    _sums(
        and_(Action.cohort_id == _COHORT, Action.on.in_(_DAYS)),
        and_(Goal.cohort_id == _COHORT, Goal.on.in_(_DAYS)),
    )
)
_ENROLMENT: Any = bindparam("enrolment_id")
_OF_ENROLMENT = Prepared(_sums(Action.enrolment_id == _ENROLMENT, Goal.enrolment_id == _ENROLMENT))


def day_figures(cohort_id: str, on: date) -> dict[str, Figures]:
    """What everyone of a cohort did and meant to do on one day, by enrolment; one statement."""
    return days_figures(cohort_id, [on])[on]


def days_figures(cohort_id: str, days: Sequence[date]) -> dict[date, dict[str, Figures]]:
    """The same of several days (today and the day before it), by day and enrolment."""
    found: dict[date, dict[str, Figures]] = {day: {} for day in days}
    rows = _OF_COHORT.rows(cohort_id=cohort_id, days=list(days))
    for enrolment_id, on, activity, done, goal in rows:
        of_day = found[on]
        if enrolment_id not in of_day:
            of_day[enrolment_id] = Figures()
        _add(of_day[enrolment_id], activity, done, goal)
    return found


def my_figures(enrolment_id: str) -> dict[date, Figures]:
    """One person's figures of every day of her cohort, by day; one statement."""
    found: dict[date, Figures] = {}
    rows = _OF_ENROLMENT.rows(enrolment_id=enrolment_id)
    for _enrolment_id, on, activity, done, goal in rows:
        if on not in found:
            found[on] = Figures()
        _add(found[on], activity, done, goal)
    return found


def _add(figures: Figures, activity: Activity, done: int, goal: int) -> None:
    if done:
        figures.done[activity] = figures.done.get(activity, 0) + int(done)
    if goal:
        figures.goals[activity] = goal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person's action belongs: her enrolment, its cohort and the cohort's days."""

    enrolment_id: str
    cohort_id: str
    person_id: str
    first: date
    last: date
    waiting_from: date | None

    @property
    def logs_from(self) -> date:
        """The first day that an action may have: the group's, or that of her signed contract."""
        return min(self.first, self.waiting_from or self.first)


_PLACE = (
    select(
        Enrolment.id,
        Enrolment.cohort_id,
        Enrolment.person_id,
        Cohort.starts_on,
        Cohort.ends_on,
        Enrolment.waiting_from,
    )
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .where(Cohort.state == CohortState.OPEN)
)
_PLACES_OF_PERSON = Prepared(
    _PLACE.where(
        Enrolment.person_id == bindparam("person_id"), Enrolment.state != EnrolmentState.WITHDREW
    ).order_by(Cohort.starts_on, Enrolment.id)
)


def get_place_of_day(person_id: str, on: date) -> Place:
    """The person's cohort of a day: the last one that had begun for her by it, else her first one.

    Raises NotVisible for a person who is in no cohort.
    """
    rows = _PLACES_OF_PERSON.rows(person_id=person_id)
    if not rows:
        raise NotVisible
    places = [Place(*row) for row in rows]
    begun = [place for place in places if place.logs_from <= on]
    return begun[-1] if begun else places[0]


def get_place(enrolment_id: str) -> Place:
    """An enrolment with its cohort's days. Raises NotVisible."""
    row = db.session.execute(_PLACE.where(Enrolment.id == enrolment_id)).first()
    if row is None:
        raise NotVisible
    return Place(*row)


def find_action(actor: Actor, action_id: str) -> Action | None:
    """An action that the actor may see and change, undone or not, with its employer."""
    seen: ColumnElement[bool] = Action.person_id == actor.person_id
    if actor.person_id is None:
        seen = Action.person_id.in_(visible_participants(actor, today(actor.zone)))
    statement = (
        select(Action)
        .options(joinedload(Action.employer), joinedload(Action.person))
        .where(Action.id == action_id, seen)
    )
    return db.session.scalar(statement)


def get_action(actor: Actor, action_id: str) -> Action:
    """An action that counts and that the actor may see and change. Raises NotVisible."""
    action = find_action(actor, action_id)
    if action is None or action.undone_at is not None:
        raise NotVisible
    return action


@dataclass(frozen=True, slots=True)
class Logged:
    """What the toast names after a tap."""

    id: str
    activity: Activity
    employer_id: str | None


_LOGGED = Prepared(
    select(Action.id, Action.activity, Action.employer_id).where(
        Action.id == bindparam("action_id"),
        Action.person_id == bindparam("person_id"),
        Action.undone_at.is_(None),
    )
)


def find_logged(person_id: str, action_id: str) -> Logged | None:
    """A person's own action that still counts; None for anybody else's."""
    row = _LOGGED.first(action_id=action_id, person_id=person_id)
    return None if row is None else Logged(*row)


@dataclass(frozen=True, slots=True)
class KnownEmployer:
    """One employer of a person's register, to be picked instead of typed."""

    id: str
    name: str


def recent_employers(person_id: str, always: str | None = None) -> list[KnownEmployer]:
    """The employers that a person named last, the newest first; `always` is among them."""
    statement = (
        select(Employer.id, Employer.name)
        .outerjoin(Action, Action.employer_id == Employer.id)
        .where(Employer.person_id == person_id)
        .group_by(Employer.id, Employer.name)
        .order_by(
            (Employer.id == (always or "")).desc(),
            func.max(Action.logged_at).desc().nulls_last(),
            Employer.name,
            Employer.id,
        )
        .limit(RECENT_EMPLOYERS)
    )
    return [KnownEmployer(*row) for row in db.session.execute(statement)]


def list_employers(person_id: str) -> list[Employer]:
    """A person's whole register of employers by name."""
    statement = (
        select(Employer).where(Employer.person_id == person_id).order_by(Employer.name, Employer.id)
    )
    return list(db.session.scalars(statement))


def find_employer(person_id: str, employer_id: str) -> Employer | None:
    """An employer of this person's own register."""
    statement = select(Employer).where(Employer.id == employer_id, Employer.person_id == person_id)
    return db.session.scalar(statement)


def list_goals(enrolment_id: str, on: date) -> list[Goal]:
    """One person's goals of one day."""
    statement = (
        select(Goal)
        .where(Goal.enrolment_id == enrolment_id, Goal.on == on)
        .order_by(Goal.activity, Goal.id)
    )
    return list(db.session.scalars(statement))


def visible_people(actor: Actor) -> Select[str]:
    """The persons whose actions the actor may read."""
    return visible_participants(actor, today(actor.zone))


def get_person(actor: Actor, person_id: str) -> Person:
    """A person whose actions the actor may read. Raises NotVisible."""
    statement = select(Person).where(Person.id == person_id, Person.id.in_(visible_people(actor)))
    person = db.session.scalar(statement)
    if person is None:
        raise NotVisible
    return person
