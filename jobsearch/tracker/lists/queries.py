"""The list of actions that staff filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.periods import Span, week_of
from jobsearch.people.models import Person
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.queries import visible_people
from jobsearch.tracker.rules import ActionSource, Activity

PAGE = 25
_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; nothing chosen narrows nothing."""

    text: str = ""
    activity: Activity | None = None
    cohort_id: str = ""
    person_id: str = ""
    first: date | None = None
    last: date | None = None


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
    """One page of a list, and how many there are in all."""

    lines: Sequence[ActionLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


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
    found = [*_narrowed(filters), Action.person_id.in_(visible_people(actor))]
    rows = _page_of(_joined(select(*_COLUMNS)).where(*found), page)
    lines = [_line(row, f"{row.given_name} {row.family_name}".strip()) for row in rows]
    count = db.session.scalar(_joined(select(func.count(Action.id))).where(*found)) or 0
    return Actions(lines, count)


def _joined(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.join(Person, Person.id == Action.person_id)
        .join(Cohort, Cohort.id == Action.cohort_id)
        .outerjoin(Employer, Employer.id == Action.employer_id)
        .where(Action.undone_at.is_(None))
    )


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.text:
        # SQLite folds only ASCII letters, so the usual spellings are tried as they are
        ways = {filters.text, filters.text.lower(), filters.text.upper(), filters.text.title()}
        fields = (Employer.name, Action.role_title)
        found.append(
            or_(*(f.icontains(way, autoescape=True) for f in fields for way in sorted(ways)))
        )
    if filters.activity:
        found.append(Action.activity == filters.activity)
    if filters.cohort_id:
        found.append(Action.cohort_id == filters.cohort_id)
    if filters.person_id:
        found.append(Action.person_id == filters.person_id)
    if filters.first:
        found.append(Action.on >= filters.first)
    if filters.last:
        found.append(Action.on <= filters.last)
    return found


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


def filters_of(actor: Actor, chosen: Mapping[str, str]) -> Filters:
    """The filters of what is chosen: q, activity, cohort, person, and a period (today or week)."""
    day = today(actor.zone)
    period = {"today": Span(day, day), "week": week_of(day)}.get(chosen.get("period", ""))
    activity = chosen.get("activity")
    return Filters(
        text=chosen.get("q", ""),
        activity=Activity(activity) if activity else None,
        cohort_id=chosen.get("cohort", ""),
        person_id=chosen.get("person", ""),
        first=period.first if period else None,
        last=period.last if period else None,
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
