"""The sums behind the results: made by the database, in as many statements at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, literal, not_, or_, select, union_all

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.tracker.funnel.counted import Days, Whose
from jobsearch.tracker.funnel.origins import CHANNEL, FIRST, began
from jobsearch.tracker.funnel.rules import ActionSum, FruitSum, Funnel, Steps, compose
from jobsearch.tracker.leads.models import LeadMove, LeadStage
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import ACTIVITIES, ActionSource, Activity, Reached

PAGE = 25
_IS_IMPORTED = Action.source == ActionSource.IMPORTED
_IMPORTED = case((_IS_IMPORTED, Action.count), else_=0)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many groups and people there are, and how many of these made any of a kind."""

    groups: int = 1
    people: int = 1
    makers: Mapping[Activity, int] = field(default_factory=dict)


ONE = Counted()
"""One person: her own figures are divided by nobody."""


def get_funnel(whose: Whose, counted: Counted = ONE) -> Funnel:
    """Every figure of a person, a group or a programme; two statements."""
    return compose(counted.people, counted.makers, _actions(whose), _fruit(whose))


def count_people(whose: Whose) -> Counted:
    """How many people started in how many groups, and did any of a kind; one statement."""
    statement = (
        select(
            func.count(func.distinct(Cohort.id)),
            func.count(Enrolment.id),
            *(func.count(case((_did(whose, kind), 1))) for kind in ACTIVITIES),
        )
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(*whose.people())
    )
    groups, people, *makers = db.session.execute(statement).one()
    return Counted(groups, people, dict(zip(ACTIVITIES, makers, strict=True)))


def _did(whose: Whose, kind: Activity) -> ColumnElement[bool]:
    """Whether an enrolment has any action of a kind: one look, however many there are."""
    return (
        exists()
        .where(
            Action.enrolment_id == Enrolment.id,
            Action.activity == kind,
            Action.undone_at.is_(None),
            Action.on >= Cohort.starts_on,
            *whose.days.hold(Action.on),
        )
        .correlate(Enrolment, Cohort)
    )


def _actions(whose: Whose) -> list[ActionSum]:
    """All but the interviews that were logged: what led to those is asked by itself."""
    statement = (
        select(
            Action.channel,
            Action.activity,
            func.sum(Action.count),
            func.sum(_IMPORTED),
            func.count(Action.reply),
            func.count(Action.reached),
            func.count(case((Action.reached == Reached.YES, 1))),
        )
        .where(or_(Action.activity != Activity.INTERVIEW, _IS_IMPORTED))
        .group_by(Action.channel, Action.activity)
    )
    found: list[ActionSum] = []
    for channel, activity, done, imported, *told in db.session.execute(whose.actions(statement)):
        if imported:
            found.append(ActionSum(activity, None, True, int(imported)))
        if logged := int(done) - int(imported):
            found.append(ActionSum(activity, channel, False, logged, *told))
    return found


def _came(stages: Sequence[LeadStage]) -> ColumnElement[int]:
    return func.count(func.distinct(case((LeadMove.to_stage.in_(stages), LeadMove.lead_id))))


_NOTHING: Any = literal(0)
_FAR = (LeadStage.OFFER, LeadStage.HIRED)
_CAME_FAR = LeadMove.to_stage.in_(_FAR)
_OFFERS = _came(_FAR)  # who got the job was offered it
_JOBS = _came((LeadStage.HIRED,))


def _fruit(whose: Whose) -> list[FruitSum]:
    """Interviews that were logged, offers and jobs, by the action that led to them."""
    interviews = (
        select(FIRST.activity, CHANNEL, func.count(), _NOTHING, _NOTHING)
        .select_from(Action)
        .outerjoin(FIRST, FIRST.id == began(Action.lead_id))
        .where(Action.activity == Activity.INTERVIEW, not_(_IS_IMPORTED))
        .group_by(FIRST.activity, CHANNEL)
    )
    leads = (
        select(FIRST.activity, FIRST.channel, _NOTHING, _OFFERS, _JOBS)
        .select_from(LeadMove)
        .outerjoin(FIRST, FIRST.id == began(LeadMove.lead_id))
        .where(_CAME_FAR)
        .group_by(FIRST.activity, FIRST.channel)
    )
    both = union_all(whose.actions(interviews), whose.moves(leads))
    return [FruitSum(*row) for row in db.session.execute(both)]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a group: what she did by kind, and what came of it."""

    person_id: str
    name: str
    done: Mapping[Activity, int]
    steps: Steps


def list_people(whose: Whose) -> list[PersonLine]:
    """The people who started in a group, by name; three statements."""
    statement = (
        select(Enrolment.id, Person.id, Person.given_name, Person.family_name)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*whose.people())
        .order_by(Person.family_name, Person.given_name, Person.id)
        .limit(200)
    )
    people = db.session.execute(statement).all()
    done, steps = _sums_by(Enrolment.id, whose)
    return [
        PersonLine(key, f"{given} {family}".strip(), done.get(at, {}), steps.get(at, Steps()))
        for at, key, given, family in people
    ]


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One group of a programme: its people, what they did by kind, and what came of it."""

    cohort_id: str
    name: str
    starts_on: date
    ends_on: date
    people: int
    done: Mapping[Activity, int]
    steps: Steps


def list_cohorts(whose: Whose, page: int | None = 1) -> list[CohortLine]:
    """The groups of a programme by their first day, 25 a page or all of them; three statements."""
    statement = (
        select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, func.count(Enrolment.id))
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(*whose.people())
        .group_by(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on)
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
    )
    if page is not None:
        statement = statement.limit(PAGE).offset((page - 1) * PAGE)
    rows = db.session.execute(statement).all()
    shown = Whose(whose.actor, whose.days, cohort_ids=[row[0] for row in rows])
    done, steps = _sums_by(Cohort.id, shown) if rows else ({}, {})
    return [CohortLine(*row, done.get(row[0], {}), steps.get(row[0], Steps())) for row in rows]


def _sums_by(key: Any, whose: Whose) -> tuple[dict[str, dict[Activity, int]], dict[str, Steps]]:
    """Actions by kind and what came of them, by the key: an enrolment's or a group's."""
    logged = func.sum(Action.count - _IMPORTED)
    acted = select(
        key,
        Action.activity,
        *(func.sum(Action.count), logged, func.count(Action.reply), _NOTHING, _NOTHING),
    ).group_by(key, Action.activity)
    nothing = literal(None, Action.activity.type)
    far = (
        select(key, nothing, _NOTHING, _NOTHING, _NOTHING, _OFFERS, _JOBS)
        .select_from(LeadMove)
        .where(_CAME_FAR)
        .group_by(key)
    )
    done: dict[str, dict[Activity, int]] = {}
    steps: dict[str, Steps] = {}
    both = union_all(whose.actions(acted), whose.moves(far))
    for at, activity, count, answerable, replies, offers, jobs in db.session.execute(both):
        more = Steps(int(count), int(answerable), replies, 0, offers, jobs)
        if activity is Activity.INTERVIEW:
            more = Steps(interviews=int(count))
        steps[at] = steps.get(at, Steps()) + more
        if activity is not None:
            done.setdefault(at, {})[activity] = int(count)
    return done, steps


def days_asked(actor: Actor, first: date | None = None, last: date | None = None) -> Days:
    """The days of the figures: up to the day asked or today; no later day has any."""
    this_day = today(actor.zone)
    return Days(min(last or this_day, this_day), first)


def get_programme_name(programme_id: str) -> str:
    """What a programme is called. Raises NotVisible."""
    name = db.session.scalar(select(Programme.name).where(Programme.id == programme_id))
    if name is None:
        raise NotVisible
    return name
