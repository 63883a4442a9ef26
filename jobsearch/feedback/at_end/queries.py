"""What is asked of surveys at the end: what a programme chose, which groups are next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.feedback.at_end.models import EndSurveyPlan
from jobsearch.feedback.at_end.rules import LONGEST_LATE, EndPlan, is_due, read_questions
from jobsearch.feedback.models import Survey
from jobsearch.feedback.surveys.mail import ASKED
from jobsearch.notices.preferences.queries import has_declined
from jobsearch.people.models import Person
from jobsearch.people.restrictions.queries import is_restricted
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme

PAGE = 25


def find_plan(programme_id: str) -> EndSurveyPlan | None:
    """The row of what a programme chose, or None."""
    return db.session.scalar(
        select(EndSurveyPlan).where(EndSurveyPlan.programme_id == programme_id)
    )


def plan_of(row: EndSurveyPlan | None) -> EndPlan:
    """What a programme chose; nothing is sent while it chose nothing."""
    if row is None:
        return EndPlan()
    standard, asks_for_words = read_questions(row.questions)
    return EndPlan(row.since, row.open_days, standard, asks_for_words, row.version)


@dataclass(frozen=True, slots=True)
class Ending:
    """A group that ends: how many can be asked now, or the survey that has gone."""

    cohort: str
    ends_on: date
    started: int
    reached: int
    survey_id: str | None


@dataclass(frozen=True, slots=True)
class EndPage:
    """What a programme asks at the end, and a page of its groups by their last day."""

    programme: Programme
    plan: EndPlan
    lines: Sequence[Ending]
    page: int
    pages: int


def show_endings(programme_id: str, page: int) -> EndPage:
    """A programme's groups that end from a fortnight ago on; three statements. Raises NotVisible.

    Nothing is written: it says what would be sent when.
    """
    programme = get_programme(programme_id)
    row = find_plan(programme.id)
    plan = plan_of(row)
    first = max(plan.since or date.min, today(programme.zone) - LONGEST_LATE)
    rows = db.session.execute(
        _endings(programme.id, first, row.id if row else "").offset((page - 1) * PAGE).limit(PAGE)
    ).all()
    lines = [Ending(name, day, all_, can, key) for name, day, all_, can, key, _count in rows]
    return EndPage(programme, plan, lines, page, max(1, -(-rows[0][5] // PAGE)) if rows else 1)


def _endings(
    programme_id: str, first: date, plan_id: str
) -> Select[str, date, int, int, str | None, int]:
    can = and_(
        Person.email.is_not(None) | Person.phone.is_not(None),
        ~has_declined(Person.id, ASKED),
        ~is_restricted(Person.id),
    )
    started = (
        select(
            Enrolment.cohort_id,
            func.count().label("people"),
            func.sum(case((can, 1), else_=0)).label("reached"),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.state == EnrolmentState.STARTED,
            Cohort.programme_id == programme_id,
            Cohort.ends_on >= first,
        )
        .group_by(Enrolment.cohort_id)
        .subquery()
    )
    sent = and_(Survey.cohort_id == Cohort.id, Survey.end_plan_id == plan_id)
    return (
        select(
            Cohort.name,
            Cohort.ends_on,
            func.coalesce(started.c.people, 0),
            func.coalesce(started.c.reached, 0),
            Survey.id,
            func.count().over(),
        )
        .outerjoin(started, started.c.cohort_id == Cohort.id)
        .outerjoin(Survey, sent)
        .where(Cohort.programme_id == programme_id, _goes_on(), Cohort.ends_on >= first)
        .order_by(Cohort.ends_on, Cohort.name, Cohort.id)
    )


def _goes_on() -> ColumnElement[bool]:
    return Cohort.state != CohortState.CANCELLED


@dataclass(frozen=True, slots=True)
class Due:
    """A group whose survey goes today."""

    plan: EndSurveyPlan
    programme: Programme
    cohort: Cohort
    today: date


def list_due() -> list[Due]:
    """The groups whose survey goes today by the clock of their programme; one statement."""
    this_day = today()
    sent = (
        select(Survey.id)
        .where(Survey.end_plan_id == EndSurveyPlan.id, Survey.cohort_id == Cohort.id)
        .exists()
    )
    statement = (
        select(EndSurveyPlan, Programme, Cohort)
        .join(Programme, Programme.id == EndSurveyPlan.programme_id)
        .join(Cohort, Cohort.programme_id == Programme.id)
        .where(
            _goes_on(),
            EndSurveyPlan.since <= Cohort.ends_on,
            # a zone ahead of ours is a day on
            Cohort.ends_on.between(this_day - LONGEST_LATE, this_day + timedelta(days=1)),
            ~sent,
        )
        .order_by(Cohort.ends_on, Cohort.id)
    )
    found = [
        Due(plan, programme, cohort, today(programme.zone))
        for plan, programme, cohort in db.session.execute(statement)
    ]
    return [
        one
        for one in found
        if one.plan.since is not None and is_due(one.plan.since, one.cohort.ends_on, one.today)
    ]


def list_providers() -> list[str]:
    """The providers one of whose programmes asks at the end."""
    statement = select(EndSurveyPlan.organisation_id).where(EndSurveyPlan.since.is_not(None))
    return list(db.session.scalars(statement.distinct().order_by(EndSurveyPlan.organisation_id)))
