"""What is asked for the way from introduction to work, in a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, literal, select, union_all

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.outcomes.queries import first_work, last_answer, started_by
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.board.overview.queries import dimension_of, parts_of
from jobsearch.recruitment.board.queries import CandidateFilter, exit_by, has_reached, stage_then
from jobsearch.recruitment.board.rules import Breakdown
from jobsearch.recruitment.forgetting.models import ForgottenCount
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ORDER, ExitReason, Stage
from jobsearch.reports.path.rules import (
    BANDS,
    After,
    Band,
    By,
    Line,
    StartedPeople,
    Step,
    add_up,
    after_of,
    bands_of,
    reasons_in_order,
    steps_of,
)
from jobsearch.reports.queries import day_of_results, get_programme
from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Path:
    """A programme's way from introduction to work on a day.

    `not_introduced` started without an introduction that came so far; they are in the results and
    among those whose actions are counted, and in no line.
    """

    programme: Programme
    as_of: date
    by: By
    whole: Line
    steps: Sequence[Step]
    exits: Sequence[tuple[Stage, ExitReason, int]]
    lines: Sequence[Line]
    line_count: int
    not_introduced: After
    bands: Sequence[Band]


def show_path(programme_id: str, asked: date | None, by: By, coach_id: str | None = None) -> Path:
    """The way of everyone introduced by a day; four statements at any size. Raises NotVisible.

    With a coach named, whoever started is counted in that coach's groups alone; the recruitment is
    the whole programme's.
    """
    programme = get_programme(programme_id, coach_id)
    as_of = day_of_results(programme, asked)
    people = started_people(programme, as_of, by, coach_id)
    months = programme.follow_up_months
    afters: defaultdict[str | None, After] = defaultdict(After)
    for one in people:
        afters[one.value] += after_of(one, months, as_of)
    parts = parts_of(CandidateFilter(programme.id, as_of), Breakdown(by.value))
    lines = [Line(part.value, part.reached, part.left, afters[part.value]) for part in parts]
    whole = add_up(lines)
    return Path(
        programme=programme,
        as_of=as_of,
        by=by,
        whole=whole,
        steps=steps_of(whole),
        exits=reasons_in_order(count_exits(programme.id, as_of)),
        lines=lines[:MOST_LINES],
        line_count=len(lines),
        not_introduced=afters[None],
        bands=bands_of(people, months, as_of),
    )


def started_people(
    programme: Programme, as_of: date, by: By, coach_id: str | None = None
) -> list[StartedPeople]:
    """Everyone who had started by a day, those who are alike added up; one statement."""
    work, made = first_work(as_of).subquery(), _tries(programme.id, as_of)
    value, _of_forgotten = dimension_of(Breakdown(by.value))
    where_from = case((Candidate.id.is_not(None), value), else_=None).label("value")
    band = _band(func.coalesce(made.c.total, 0)).label("band")
    early = and_(Enrolment.left_on <= as_of, Enrolment.left_on < Cohort.ends_on)
    left_early = case((early, 1), else_=0).label("left_early")
    answer = last_answer(as_of, programme.follow_up_months).label("answer")
    columns: list[Any] = [where_from, band, Cohort.ends_on, work.c.began_on, answer, left_early]
    introduced = and_(
        Candidate.person_id == Enrolment.person_id,
        Candidate.programme_id == Cohort.programme_id,
        Candidate.referred_on <= as_of,
        has_reached(Stage.STARTED, as_of),
    )
    statement = (
        select(*columns, func.count())
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Candidate, introduced)
        .outerjoin(work, work.c.enrolment_id == Enrolment.id)
        .outerjoin(made, made.c.enrolment_id == Enrolment.id)
        .where(*started_by(programme.id, as_of, coach_id))
        .group_by(*columns)
    )
    return [
        StartedPeople(*row[:5], left_early=bool(row[5]), count=row[6])
        for row in db.session.execute(statement)
    ]


def _tries(programme_id: str, as_of: date) -> Subquery:
    """Actions that could lead to an interview, from the group's first day on, by person."""
    return (
        select(Action.enrolment_id, func.sum(Action.count).label("total"))
        .join(Cohort, Cohort.id == Action.cohort_id)
        .where(
            Cohort.programme_id == programme_id,
            Action.activity != Activity.INTERVIEW,
            Action.on <= as_of,
            Action.on >= Cohort.starts_on,
            Action.undone_at.is_(None),
        )
        .group_by(Action.enrolment_id)
        .subquery()
    )


def _band(total: ColumnElement[int]) -> ColumnElement[int]:
    ways = [(total >= low, literal(place)) for place, (low, _high) in enumerate(BANDS)]
    return case(*reversed(ways[1:]), else_=literal(0))


def count_exits(programme_id: str, as_of: date) -> Mapping[tuple[Stage, ExitReason], int]:
    """Who left before the start: how far they had come, and why; the forgotten among them."""
    which = CandidateFilter(programme_id, as_of)
    stage, reason = stage_then(as_of).label("stage"), exit_by(as_of).label("reason")
    there = (
        select(stage, reason, func.count())
        .where(*which.people(), reason.is_not(None))
        .group_by(stage, reason)
    )
    far = case(
        *((ForgottenCount.stage == one, literal(one.value)) for one in ORDER),
        else_=literal(Stage.REFERRED.value),
    ).label("stage")
    gone = (
        select(far, ForgottenCount.exit_reason, func.sum(ForgottenCount.count))
        .where(
            *which.forgotten(),
            ForgottenCount.ended_month <= as_of,
            ForgottenCount.exit_reason.is_not(None),
        )
        .group_by(far, ForgottenCount.exit_reason)
    )
    found: Counter[tuple[Stage, ExitReason]] = Counter()
    for at, why, count in db.session.execute(union_all(there, gone)):
        found[(Stage(at), ExitReason(why))] += int(count)
    return found
