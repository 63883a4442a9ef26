"""The list of actions that staff filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.tracker.funnel.counted import Days, Whose
from jobsearch.tracker.funnel.origins import CHANNEL, FIRST, began
from jobsearch.tracker.lists.filters import ANY, LOGGED, NONE, Filters
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.queries import visible_people
from jobsearch.tracker.rules import SEARCH_ACTIVITIES, ActionSource, Activity

PAGE = 25
MOST_ROWS = 50_000
"""A file holds no more of a list: the newest."""
_CHOICES = 200


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as a list shows it. The note is not in it: a list is for more eyes than two."""

    id: str
    on: date
    activity: Activity
    count: int
    source: ActionSource
    employer: str | None
    role_title: str | None
    person_id: str
    name: str
    cohort: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Actions:
    """One page of a list, how many entries there are in all, and how many actions they are."""

    lines: Sequence[ActionLine]
    count: int
    times: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))

    @property
    def most(self) -> int:
        """How many entries a file of it holds."""
        return MOST_ROWS

    @property
    def is_long(self) -> bool:
        """Whether the list is longer than its file."""
        return self.count > MOST_ROWS


_COLUMNS = (
    Action.id,
    Action.on,
    Action.activity,
    Action.count.label("times"),
    Action.source,
    Employer.name.label("employer"),
    Action.role_title,
    Action.person_id,
    Person.given_name,
    Person.family_name,
    Cohort.name.label("cohort"),
    Action.confirmed_at,
)


def list_actions(actor: Actor, filters: Filters, page: int) -> Actions:
    """Actions that staff may read, by filters, the newest first; two statements."""
    found = [*narrowed(actor, filters), Action.person_id.in_(visible_people(actor))]
    rows = _page_of(held(select(*_COLUMNS), filters).where(*found), page)
    lines = [_line(row, f"{row.given_name} {row.family_name}".strip()) for row in rows]
    sums = held(select(func.count(Action.id), func.sum(Action.count)), filters).where(*found)
    count, times = db.session.execute(sums).one()
    return Actions(lines, count, int(times or 0))


def held(statement: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
    """Actions that count, with person, group and employer; also with the action that led to an
    interview, where the filters ask for it."""
    if filters.from_kind or filters.from_channel:
        return _joined(statement).outerjoin(FIRST, FIRST.id == began(Action.lead_id))
    return _joined(statement)


def _joined(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.join(Person, Person.id == Action.person_id)
        .join(Cohort, Cohort.id == Action.cohort_id)
        .outerjoin(Employer, Employer.id == Action.employer_id)
        .where(Action.undone_at.is_(None))
    )


def narrowed(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """What the filters leave of the actions in `held`."""
    found = [*_of_words(filters.text), *_of_kind(filters), *_of_origin(filters)]
    if filters.cohort_id:
        found.append(Action.cohort_id == filters.cohort_id)
    if filters.person_id:
        found.append(Action.person_id == filters.person_id)
    if filters.programme_id:
        found.append(Cohort.programme_id == filters.programme_id)
    if filters.first:
        found.append(Action.on >= filters.first)
    if filters.last:
        found.append(Action.on <= filters.last)
    return [*found, *_of_results(actor, filters)] if filters.is_counted else found


def _of_words(text: str) -> list[ColumnElement[bool]]:
    if not text:
        return []
    # SQLite folds only ASCII letters, so the usual spellings are tried as they are
    ways = {text, text.lower(), text.upper(), text.title()}
    fields = (Employer.name, Action.role_title)
    return [or_(*(f.icontains(way, autoescape=True) for f in fields for way in sorted(ways)))]


def _of_kind(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.activity:
        found.append(Action.activity == filters.activity)
    if filters.is_search:
        found.append(Action.activity.in_(SEARCH_ACTIVITIES))
    if filters.source == LOGGED:
        found.append(Action.source != ActionSource.IMPORTED)
    elif filters.source:
        found.append(Action.source == filters.source)
    if filters.reply == ANY:
        found.append(Action.reply.is_not(None))
    elif filters.reply:
        found.append(_told(Action.reply, filters.reply))
    if filters.channel:
        found.append(_told(Action.channel, filters.channel))
    if NONE in (filters.reply, filters.channel):  # of a figure from a file nothing can be told
        found.append(Action.source != ActionSource.IMPORTED)
    return found


def _of_origin(filters: Filters) -> list[ColumnElement[bool]]:
    """Interviews by the action that led to them."""
    if not (filters.from_kind or filters.from_channel):
        return []
    found = [Action.activity == Activity.INTERVIEW, Action.source != ActionSource.IMPORTED]
    if filters.from_kind:
        found.append(_told(FIRST.activity, filters.from_kind))
    if filters.from_channel:
        found.append(_told(CHANNEL, filters.from_channel))
    return found


def _told(column: Any, wanted: object) -> ColumnElement[bool]:
    told: ColumnElement[bool] = column.is_(None) if wanted == NONE else column == wanted
    return told


def _of_results(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """What the results of groups count; Cohort is in the statement."""
    days = Days(filters.last or today(actor.zone), filters.first)
    people = select(Enrolment.id).where(
        Enrolment.cohort_id == Cohort.id, *Whose(actor, days).people()
    )
    return [Action.enrolment_id.in_(people), Action.on >= Cohort.starts_on, *days.hold(Action.on)]


def _page_of(statement: Select[*tuple[Any, ...]], page: int) -> Sequence[Row[*tuple[Any, ...]]]:
    ordered = statement.order_by(Action.on.desc(), Action.logged_at.desc(), Action.id)
    return db.session.execute(ordered.limit(PAGE).offset((page - 1) * PAGE)).all()


def _line(row: Row[*tuple[Any, ...]], name: str) -> ActionLine:
    return ActionLine(
        id=row.id,
        on=row.on,
        activity=row.activity,
        count=row.times,
        source=row.source,
        employer=row.employer,
        role_title=row.role_title,
        person_id=row.person_id,
        name=name,
        cohort=row.cohort,
        confirmed_at=row.confirmed_at,
    )


def list_cohort_choices() -> list[tuple[str, str]]:
    """Cohorts to choose from, the newest first: (key, name)."""
    statement = (
        select(Cohort.id, Cohort.name)
        .where(Cohort.state == CohortState.OPEN)
        .order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id)
        .limit(_CHOICES)
    )
    return [(key, name) for key, name in db.session.execute(statement)]


def list_person_choices(actor: Actor, cohort_id: str = "") -> list[tuple[str, str]]:
    """Persons of a cohort, or of those that run or ended lately, by name: (key, name)."""
    of_cohort = Enrolment.cohort_id == cohort_id
    if not cohort_id:
        of_cohort = Cohort.ends_on >= today(actor.zone) - timedelta(days=30)
    statement = (
        select(Person.id, Person.given_name, Person.family_name)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(of_cohort, Person.id.in_(visible_people(actor)))
        .distinct()
        .order_by(Person.family_name, Person.given_name, Person.id)
        .limit(_CHOICES)
    )
    rows = db.session.execute(statement)
    return [(key, f"{given} {family}".strip()) for key, given, family in rows]
