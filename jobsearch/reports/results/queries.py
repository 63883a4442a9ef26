"""What the reports ask beside the results: where each cohort stands, in so many statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from jobsearch.attendance.models import Attendance
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.queries import get_organisation
from jobsearch.outcomes.groups.queries import standing_by_cohort
from jobsearch.outcomes.queries import Standing, started_by
from jobsearch.programmes.models import Programme
from jobsearch.reports.queries import day_of_results, get_programme
from jobsearch.reports.rules import ActivityCount
from jobsearch.tracker.models import Action

PAGE = 25


@dataclass(frozen=True, slots=True)
class Opened:
    """A programme whose reports somebody opens: on which day, for which coach, whose it is."""

    programme: Programme
    as_of: date
    coach_id: str | None
    provider: str


def open_programme(programme_id: str, asked: date | None, coach_id: str | None) -> Opened:
    """The programme on the day asked, with its provider's name. Raises NotVisible."""
    programme = get_programme(programme_id, coach_id)
    provider = get_organisation(programme.organisation_id).name
    return Opened(programme, day_of_results(programme, asked), coach_id, provider)


@dataclass(frozen=True, slots=True)
class CohortResults:
    """One cohort on a day: where those who started stand, their days and their actions by kind."""

    id: str
    name: str
    starts_on: date
    ends_on: date
    standing: Standing
    person_days: int
    activities: Mapping[str, ActivityCount]


@dataclass(frozen=True, slots=True)
class CohortPage:
    """A page of a programme's cohorts, and how many there are."""

    lines: Sequence[CohortResults]
    count: int

    @property
    def pages(self) -> int:
        """How many pages the cohorts fill."""
        return max(1, -(-self.count // PAGE))


def show_cohorts(
    programme: Programme, as_of: date, coach_id: str | None = None, page: int = 1
) -> CohortPage:
    """A page of the cohorts that had started by the day; four statements at any size."""
    statement = (
        select(Cohort.id, func.count().over())
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(*started_by(programme.id, as_of, coach_id))
        .group_by(Cohort.id, Cohort.starts_on, Cohort.name)
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = db.session.execute(statement).all()
    lines = list_cohorts(programme, as_of, coach_id, [row[0] for row in rows])
    return CohortPage(lines, rows[0][1] if rows else 0)


def get_cohort(
    programme: Programme, as_of: date, cohort_id: str, coach_id: str | None = None
) -> CohortResults:
    """One cohort on a day. Raises NotVisible where nobody had started in it by then."""
    found = list_cohorts(programme, as_of, coach_id, [cohort_id])
    if not found:
        raise NotVisible
    return found[0]


def list_cohorts(
    programme: Programme,
    as_of: date,
    coach_id: str | None = None,
    cohort_ids: Sequence[str] | None = None,
) -> list[CohortResults]:
    """The programme's cohorts with what came of them, all or those named; three statements."""
    where = started_by(programme.id, as_of, coach_id)
    if cohort_ids is not None:
        where.append(Cohort.id.in_(cohort_ids))
    days, actions = _days(as_of, where), _actions(as_of, where)
    return [
        CohortResults(
            one.id,
            one.name,
            one.starts_on,
            one.ends_on,
            one.standing,
            days.get(one.id, 0),
            actions.get(one.id, {}),
        )
        for one in standing_by_cohort(as_of, programme.follow_up_months, where)
    ]


def _days(as_of: date, where: Sequence[Any]) -> Mapping[str, int]:
    statement = (
        select(Cohort.id, func.count(Attendance.id))
        .select_from(Attendance)
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*where, CohortDay.on <= as_of)
        .group_by(Cohort.id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _actions(as_of: date, where: Sequence[Any]) -> Mapping[str, Mapping[str, ActivityCount]]:
    people = func.count(func.distinct(Action.enrolment_id))
    statement = (
        select(Cohort.id, Action.activity, func.sum(Action.count), people)
        .select_from(Action)
        .join(Enrolment, Enrolment.id == Action.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(*where, Action.on <= as_of, Action.undone_at.is_(None))
        .where(Action.on >= Cohort.starts_on)  # what was done before the start is no result of it
        .group_by(Cohort.id, Action.activity)
    )
    found: defaultdict[str, dict[str, ActivityCount]] = defaultdict(dict)
    for cohort_id, kind, total, made in db.session.execute(statement):
        found[cohort_id][kind.value] = ActivityCount(int(total), made)
    return found
