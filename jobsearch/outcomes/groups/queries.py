"""What is asked of the groups of a programme at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.outcomes.queries import Standing, add_up, first_work, last_answer


@dataclass(frozen=True, slots=True)
class CohortStanding:
    """A cohort and where those who started in it stand."""

    id: str
    name: str
    starts_on: date
    ends_on: date
    standing: Standing


def standing_by_cohort(as_of: date, months: int, where: Sequence[Any]) -> list[CohortStanding]:
    """Each cohort of those enrolments, by first day and name, in one statement; no rows loaded."""
    work, answer = first_work(as_of).subquery(), last_answer(as_of, months).label("answer")
    keys = (Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, work.c.began_on, answer)
    statement = (
        select(*keys, func.count())
        .select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(work, work.c.enrolment_id == Enrolment.id)
        .where(*where)
        .group_by(*keys)
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
    )
    named: dict[str, tuple[str, date, date]] = {}
    counted: defaultdict[str, list[Any]] = defaultdict(list)
    for key, name, starts_on, *row in db.session.execute(statement):
        named[key] = (name, starts_on, row[0])
        counted[key].append(row)
    return [
        CohortStanding(key, *named[key], add_up(rows, months, as_of))
        for key, rows in counted.items()
    ]
