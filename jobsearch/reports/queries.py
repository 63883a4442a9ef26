"""What the results ask: every sum is made by the database, in as many statements at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money
from jobsearch.feedback.queries import sum_answers
from jobsearch.outcomes.queries import standing, started_by
from jobsearch.outcomes.rules import State
from jobsearch.people.models import Person
from jobsearch.programmes.costs.queries import cost_by_kind
from jobsearch.programmes.costs.rules import WAGE_KINDS
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.queries import funnel
from jobsearch.recruitment.rules import Stage
from jobsearch.reports.rules import (
    ActivityCount,
    CostCount,
    Counts,
    FeedbackCount,
    OutcomeCount,
    People,
    Results,
    compose,
)
from jobsearch.tracker.models import Action

COHORTS_ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One programme of the list, with how many cohorts it has and the days that they cover."""

    id: str
    code: str
    name: str
    cohorts: int
    first: date | None
    last: date | None


def list_programmes(coach_id: str | None = None) -> list[ProgrammeLine]:
    """The provider's programmes, the latest first; a coach's are those where she has a cohort."""
    statement = (
        select(
            Programme.id,
            Programme.code,
            Programme.name,
            func.count(Cohort.id),
            func.min(Cohort.starts_on),
            func.max(Cohort.ends_on),
        )
        .outerjoin(Cohort, Cohort.programme_id == Programme.id)
        .group_by(Programme.id, Programme.code, Programme.name)
        .order_by(func.max(Cohort.ends_on).desc(), Programme.name, Programme.id)
        .limit(200)
    )
    if coach_id is not None:
        statement = statement.where(Cohort.coach_id == coach_id)
    return [ProgrammeLine(*row) for row in db.session.execute(statement)]


def get_programme(programme_id: str, coach_id: str | None = None) -> Programme:
    """A programme whose results the reader may see. Raises NotVisible."""
    statement = select(Programme).where(Programme.id == programme_id)
    if coach_id is not None:
        own = select(Cohort.id).where(
            Cohort.programme_id == Programme.id, Cohort.coach_id == coach_id
        )
        statement = statement.where(own.exists())
    programme = db.session.scalar(statement)
    if programme is None:
        raise NotVisible
    return programme


def get_programme_by_code(code: str) -> Programme:
    """The programme of a code. Raises NotVisible when there is none or more than one."""
    found = list(db.session.scalars(select(Programme).where(Programme.code == code).limit(2)))
    if len(found) != 1:
        raise NotVisible
    return found[0]


def results(programme: Programme, as_of: date, coach_id: str | None = None) -> Results:
    """Every figure of the programme on a day, in six statements.

    With a coach named, person-days, actions and outcomes are those of her cohorts.
    """
    standings = standing(programme.id, programme.follow_up_months, as_of, coach_id)
    recruited = funnel(programme.id, as_of)
    answers = sum_answers(programme.id, as_of)
    costs = cost_by_kind(programme.id, as_of)
    counts = Counts(
        people=People(
            introduced=recruited.introduced,
            signed=recruited.reached[Stage.SIGNED],
            started=standings.started,
            person_days=_count_person_days(programme.id, as_of, coach_id),
            exits={reason.value: count for reason, count in recruited.exits.items()},
        ),
        activities=_count_actions(programme.id, as_of, coach_id),
        outcomes=OutcomeCount(
            found=standings.states[State.FOUND_WORK],
            follow_up_open=standings.states[State.OPEN],
            unknown=standings.states[State.UNKNOWN],
            closed=standings.closed,
            closed_found=standings.closed_found,
        ),
        feedback=FeedbackCount(
            answers.respondents, {q.value: sums for q, sums in answers.sums.items()}
        ),
        cost=CostCount(
            total=Money.total(costs.values()),
            wages=Money.total(amount for kind, amount in costs.items() if kind in WAGE_KINDS),
        ),
    )
    return compose(programme.code, as_of, counts)


def _count_actions(
    programme_id: str, as_of: date, coach_id: str | None
) -> Mapping[str, ActivityCount]:
    statement = (
        select(
            Action.activity,
            func.sum(Action.count),
            func.count(func.distinct(Action.enrolment_id)),
        )
        .join(Enrolment, Enrolment.id == Action.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*started_by(programme_id, as_of, coach_id))
        .where(Action.on <= as_of, Action.undone_at.is_(None))
        .group_by(Action.activity)
    )
    rows = db.session.execute(statement)
    return {kind.value: ActivityCount(int(total), people) for kind, total, people in rows}


def _count_person_days(programme_id: str, as_of: date, coach_id: str | None) -> int:
    statement = (
        select(func.count(Attendance.id))
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*started_by(programme_id, as_of, coach_id), CohortDay.on <= as_of)
    )
    return db.session.scalar(statement) or 0


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
    def days(self) -> int:
        """The cohort's person-days."""
        return sum(person.days for person in self.people)


def count_cohorts(programme_id: str, as_of: date, coach_id: str | None) -> int:
    """How many cohorts had started by the day."""
    statement = select(func.count(func.distinct(Cohort.id))).join(
        Enrolment, Enrolment.cohort_id == Cohort.id
    )
    return db.session.scalar(statement.where(*started_by(programme_id, as_of, coach_id))) or 0


def list_activity(
    programme_id: str, as_of: date, coach_id: str | None = None, page: int = 1
) -> list[CohortLines]:
    """Actions and days by person and cohort, ten cohorts a page; four statements at any size."""
    statement = (
        select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(*started_by(programme_id, as_of, coach_id))
        .group_by(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on)
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
        .limit(COHORTS_ON_A_PAGE)
        .offset((page - 1) * COHORTS_ON_A_PAGE)
    )
    cohorts = db.session.execute(statement).all()
    people = _people_of([row.id for row in cohorts], programme_id, as_of, coach_id)
    return [CohortLines(*row, people.get(row.id, [])) for row in cohorts]


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
        .where(Action.cohort_id.in_(cohort_ids), Action.on <= as_of, Action.undone_at.is_(None))
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
