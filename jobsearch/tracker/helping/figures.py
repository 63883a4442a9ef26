"""What a group did together: sums by person and kind, and the list of its latest actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, literal, null, or_, select, union_all

from jobsearch.core.db import db
from jobsearch.tracker.models import Action, Employer, Goal
from jobsearch.tracker.rules import Activity

PAGE = 25


@dataclass(slots=True)
class Effort:
    """What one person did of each kind so far and today, her goals of today, and on how many days
    she did something. `lines` counts rows of her list: an imported one stands for several actions.
    """

    done: dict[Activity, int]
    today: dict[Activity, int]
    goals: dict[Activity, int]
    days: int = 0
    lines: int = 0


def list_efforts(cohort_id: str, on: date) -> dict[str, Effort]:
    """What everyone of a cohort did, by enrolment; one statement, with the sums made in it."""
    found: dict[str, Effort] = {}
    for key, activity, done, of_day, goal, days, lines in db.session.execute(
        _efforts(cohort_id, on)
    ):
        effort = found.setdefault(key, Effort({}, {}, {}))
        effort.days += days
        effort.lines += lines
        for kept, figure in ((effort.done, done), (effort.today, of_day), (effort.goals, goal)):
            if figure:
                kept[Activity(activity)] = int(figure)
    return found


def _efforts(cohort_id: str, on: date) -> Any:
    counts = and_(Action.cohort_id == cohort_id, Action.undone_at.is_(None))
    none = literal(0)
    of_day = func.sum(case((Action.on == on, Action.count), else_=0))
    kinds = (
        select(
            Action.enrolment_id,
            Action.activity,
            func.sum(Action.count),
            of_day,
            none,
            none,
            func.count(Action.id),
        )
        .where(counts)
        .group_by(Action.enrolment_id, Action.activity)
    )
    goals = select(Goal.enrolment_id, Goal.activity, none, none, Goal.target, none, none)
    days = (
        select(
            Action.enrolment_id, null(), none, none, none, func.count(Action.on.distinct()), none
        )
        .where(counts)
        .group_by(Action.enrolment_id)
    )
    return union_all(kinds, goals.where(Goal.cohort_id == cohort_id, Goal.on == on), days)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as the group reads it; a private one has neither employer nor job."""

    on: date
    activity: Activity
    count: int
    person_id: str
    employer: str | None
    role_title: str | None
    is_private: bool


def list_actions(
    cohort_id: str, person_ids: Sequence[str], reader_id: str | None, page: int
) -> list[ActionLine]:
    """A page of the actions of these people, the newest first.

    What is private does not leave the database, but for the reader whose own it is.
    """
    is_open = or_(Action.private_at.is_(None), Action.person_id == reader_id)
    statement = (
        select(
            Action.on,
            Action.activity,
            Action.count,
            Action.person_id,
            case((is_open, Employer.name)),
            case((is_open, Action.role_title)),
            Action.private_at.is_not(None),
        )
        .outerjoin(Employer, Employer.id == Action.employer_id)
        .where(
            Action.cohort_id == cohort_id,
            Action.undone_at.is_(None),
            Action.person_id.in_(person_ids),
        )
        .order_by(Action.on.desc(), Action.logged_at.desc(), Action.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [ActionLine(*row) for row in db.session.execute(statement)]
