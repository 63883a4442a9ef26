"""What the results ask: every sum is made by the database, in as many statements at any size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, null, select, type_coerce

from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.costs.comparators.models import Comparator
from jobsearch.costs.comparators.queries import load_beside
from jobsearch.costs.queries import spent_on
from jobsearch.costs.rules import Spent
from jobsearch.feedback.queries import sum_answers
from jobsearch.outcomes.queries import standing, started_by
from jobsearch.outcomes.rules import State
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.board.queries import funnel
from jobsearch.recruitment.rules import ExitReason, Stage
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


def get_programme_beside(
    programme_id: str, coach_id: str | None = None
) -> tuple[Programme, list[Comparator]]:
    """A programme with what it is set beside, for who sees its cost. Raises NotVisible."""
    if coach_id is not None:
        return get_programme(programme_id, coach_id), []
    return load_beside(programme_id)


def get_programme_by_code(code: str) -> Programme:
    """The programme of a code. Raises NotVisible when there is none or more than one."""
    found = list(db.session.scalars(select(Programme).where(Programme.code == code).limit(2)))
    if len(found) != 1:
        raise NotVisible
    return found[0]


def day_of_results(programme: Programme, asked: date | None) -> date:
    """The day asked, or today in the programme's zone; no later day has results."""
    this_day = today(programme.zone)
    return min(asked or this_day, this_day)


def results(programme: Programme, as_of: date, coach_id: str | None = None) -> Results:
    """Every figure of the programme on a day, in six statements.

    With a coach named, person-days, actions and outcomes are those of her cohorts, and nothing is
    told of cost: that of her groups is on its own page (`costs.queries.show_groups`).
    """
    standings = standing(programme.id, programme.follow_up_months, as_of, coach_id)
    recruited = funnel(programme.id, as_of)
    answers = sum_answers(programme.id, as_of)
    spent = Spent() if coach_id else spent_on(programme.id, as_of)
    activities, person_days = count_actions(programme.id, as_of, coach_id)
    counts = Counts(
        people=People(
            introduced=recruited.introduced,
            signed=recruited.reached[Stage.SIGNED],
            started=standings.started,
            person_days=person_days,
            exits=_by_name(recruited.exits),
            exits_after_signing=_by_name(recruited.exits_after_signing),
        ),
        activities=activities,
        outcomes=OutcomeCount(
            found=standings.states[State.FOUND_WORK],
            follow_up_open=standings.states[State.OPEN],
            unknown=standings.states[State.UNKNOWN],
            closed=standings.closed,
            closed_found=standings.closed_found,
        ),
        feedback=FeedbackCount(
            answers.respondents,
            {q.value: sums for q, sums in answers.sums.items()},
            answers.invited,
            answers.of_files,
        ),
        cost=CostCount(total=spent.total, wages=spent.wages),
    )
    return compose(programme.code, as_of, counts)


def _by_name(counts: Mapping[ExitReason, int]) -> dict[str, int]:
    return {reason.value: count for reason, count in counts.items()}


def count_actions(
    programme_id: str, as_of: date, coach_id: str | None, cohort_id: str = ""
) -> tuple[Mapping[str, ActivityCount], int]:
    """Actions of each kind by those who had started with how many made any, and person-days."""
    where = started_by(programme_id, as_of, coach_id, cohort_id)
    made = (
        select(
            Action.activity,
            func.sum(Action.count),
            func.count(func.distinct(Action.enrolment_id)),
        )
        .join(Enrolment, Enrolment.id == Action.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*where)
        .where(Action.on <= as_of, Action.undone_at.is_(None))
        .where(Action.on >= Cohort.starts_on)  # what was done before the start is no result of it
        .group_by(Action.activity)
    )
    days = (
        select(
            type_coerce(null(), Action.activity.type),
            func.count(Attendance.id),
            func.count(func.distinct(Attendance.enrolment_id)),
        )
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*where, CohortDay.on <= as_of)
    )
    # the days are the only row of no kind
    rows: dict[Any, tuple[int, int]] = {
        kind: (int(total), people)
        for kind, total, people in db.session.execute(made.union_all(days))
    }
    person_days, _people = rows.pop(None)
    return {kind.value: ActivityCount(*counted) for kind, counted in rows.items()}, person_days
