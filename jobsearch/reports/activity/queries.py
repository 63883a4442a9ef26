"""The rows behind the totals: actions and days by person and cohort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.outcomes.queries import started_by
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.reports.queries import count_actions
from jobsearch.reports.rules import Activity, divide
from jobsearch.tracker.models import Action

COHORTS_ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a cohort: days in the book, minutes paid, and actions by kind."""

    person_id: str
    name: str
    days: int
    minutes: int
    actions: Mapping[str, int]

    @property
    def total(self) -> int:
        """Actions of all kinds."""
        return sum(self.actions.values())

    def parts(self, colours: Mapping[str, str]) -> list[tuple[str, int]]:
        """The actions as parts of a bar: the colour of a kind, and how many."""
        return [(colour, self.actions.get(kind, 0)) for kind, colour in colours.items()]


@dataclass(frozen=True, slots=True)
class CohortLines:
    """One cohort and its people."""

    id: str
    name: str
    starts_on: date
    ends_on: date
    people: Sequence[PersonLine]

    def total(self, kind: str) -> int:
        """The cohort's actions of a kind."""
        return sum(person.actions.get(kind, 0) for person in self.people)

    @property
    def all_actions(self) -> int:
        """The cohort's actions of all kinds."""
        return sum(person.total for person in self.people)

    @property
    def days(self) -> int:
        """The cohort's person-days."""
        return sum(person.days for person in self.people)

    @property
    def minutes(self) -> int:
        """The cohort's paid minutes."""
        return sum(person.minutes for person in self.people)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the rows of all pages add up to."""

    started: int
    person_days: int
    minutes: int
    activities: Mapping[str, Activity]

    @property
    def all_actions(self) -> int:
        """Actions of all kinds."""
        return sum(made.total for made in self.activities.values())


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """The rows behind the totals: one page of cohorts, and what all of them add up to."""

    programme: Programme
    as_of: date
    totals: Totals
    cohorts: Sequence[CohortLines]
    pages: int

    @property
    def most(self) -> int:
        """The most actions that anyone on the page made."""
        return max((p.total for cohort in self.cohorts for p in cohort.people), default=0)


def show_activity(
    programme: Programme,
    as_of: date,
    coach_id: str | None = None,
    page: int = 1,
    cohort_id: str = "",
) -> ActivityPage:
    """A page of cohorts with their people, and the totals; six statements at any size."""
    cohorts, count = list_activity(programme.id, as_of, coach_id, page, cohort_id)
    return ActivityPage(
        programme=programme,
        as_of=as_of,
        totals=_totals(programme.id, as_of, coach_id, cohort_id),
        cohorts=cohorts,
        pages=-(-count // COHORTS_ON_A_PAGE),
    )


def _totals(programme_id: str, as_of: date, coach_id: str | None, cohort_id: str) -> Totals:
    started = started_by(programme_id, as_of, coach_id, cohort_id)
    people = (
        select(func.count(Enrolment.id))
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*started)
        .scalar_subquery()
    )
    statement = (
        select(people, func.count(Attendance.id), func.sum(Attendance.paid_minutes))
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*started, CohortDay.on <= as_of)
    )
    count, days, minutes = db.session.execute(statement).one()
    made, _days = count_actions(programme_id, as_of, coach_id, cohort_id)
    return Totals(count, days, int(minutes or 0), divide(made, count))


def list_activity(
    programme_id: str,
    as_of: date,
    coach_id: str | None = None,
    page: int = 1,
    cohort_id: str = "",
) -> tuple[list[CohortLines], int]:
    """Actions and days by person and cohort, ten cohorts a page, and how many cohorts there are."""
    statement = (
        select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, func.count().over())
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(*started_by(programme_id, as_of, coach_id, cohort_id))
        .group_by(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on)
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
        .limit(COHORTS_ON_A_PAGE)
        .offset((page - 1) * COHORTS_ON_A_PAGE)
    )
    cohorts = db.session.execute(statement).all()
    people = _people_of([row.id for row in cohorts], programme_id, as_of, coach_id)
    lines = [
        CohortLines(row.id, row.name, row.starts_on, row.ends_on, people.get(row.id, []))
        for row in cohorts
    ]
    return lines, cohorts[0][4] if cohorts else 0


def _people_of(
    cohort_ids: Sequence[str], programme_id: str, as_of: date, coach_id: str | None
) -> dict[str, list[PersonLine]]:
    statement = (
        select(
            Enrolment.cohort_id,
            Enrolment.id,
            Person.id,
            Person.given_name,
            Person.family_name,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*started_by(programme_id, as_of, coach_id), Cohort.id.in_(cohort_ids))
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    actions, days = _actions_of(cohort_ids, as_of), _days_of(cohort_ids, as_of)
    found: dict[str, list[PersonLine]] = {}
    for cohort_id, enrolment_id, person_id, given, family in db.session.execute(statement):
        worked = days.get(enrolment_id, (0, 0))
        line = PersonLine(
            person_id, f"{given} {family}".strip(), *worked, actions.get(enrolment_id, {})
        )
        found.setdefault(cohort_id, []).append(line)
    return found


def _actions_of(cohort_ids: Sequence[str], as_of: date) -> dict[str, dict[str, int]]:
    statement = (
        select(Action.enrolment_id, Action.activity, func.sum(Action.count))
        .join(Cohort, Cohort.id == Action.cohort_id)
        .where(Action.cohort_id.in_(cohort_ids), Action.on <= as_of, Action.undone_at.is_(None))
        .where(Action.on >= Cohort.starts_on)  # what was done before the start is no result of it
        .group_by(Action.enrolment_id, Action.activity)
    )
    found: dict[str, dict[str, int]] = {}
    for enrolment_id, kind, total in db.session.execute(statement):
        found.setdefault(enrolment_id, {})[kind.value] = int(total)
    return found


def _days_of(cohort_ids: Sequence[str], as_of: date) -> dict[str, tuple[int, int]]:
    statement = (
        select(
            Attendance.enrolment_id, func.count(Attendance.id), func.sum(Attendance.paid_minutes)
        )
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .where(CohortDay.cohort_id.in_(cohort_ids), CohortDay.on <= as_of)
        .group_by(Attendance.enrolment_id)
    )
    rows = db.session.execute(statement)
    return {enrolment_id: (count, int(minutes)) for enrolment_id, count, minutes in rows}
