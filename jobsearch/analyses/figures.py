"""What the hours and the tracker say of one person's weeks; queries of the tables below."""

from sqlalchemy import func, select

from jobsearch.analyses.rules import SMALLEST_GROUP
from jobsearch.analyses.sheet import Figures
from jobsearch.attendance.models import Attendance, Mark
from jobsearch.cohorts.models import CohortDay, Enrolment, EnrolmentState
from jobsearch.core.db import db
from jobsearch.core.money import round_half_up
from jobsearch.tracker.models import Action


def figures_of(enrolment: Enrolment) -> Figures:
    """Her days and minutes of work, her counts, and the group's averages where it is big enough."""
    minutes, days = _worked(enrolment.id)
    sums = _sums(enrolment)
    size = _size(enrolment.cohort_id)
    group = {}
    if size >= SMALLEST_GROUP:
        group = {kind: round_half_up(whole * 10, size) for kind, (_own, whole) in sums.items()}
    return Figures(
        minutes=minutes,
        days=days,
        planned_days=_planned_days(enrolment.cohort_id),
        counts={kind: own for kind, (own, _whole) in sums.items() if own},
        group=group,
        group_size=size,
    )


def _worked(enrolment_id: str) -> tuple[int, int]:
    """Minutes and days she was there; nothing of why she was not."""
    row = db.session.execute(
        select(func.coalesce(func.sum(Attendance.paid_minutes), 0), func.count()).where(
            Attendance.enrolment_id == enrolment_id, Attendance.mark == Mark.PRESENT
        )
    ).one()
    return int(row[0]), int(row[1])


def _planned_days(cohort_id: str) -> int:
    statement = select(func.count(CohortDay.id)).where(
        CohortDay.cohort_id == cohort_id, CohortDay.cancelled_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def _sums(enrolment: Enrolment) -> dict[str, tuple[int, int]]:
    """By activity: her own count and the whole group's."""
    rows = db.session.execute(
        select(Action.activity, Action.enrolment_id, func.sum(Action.count))
        .where(Action.cohort_id == enrolment.cohort_id, Action.undone_at.is_(None))
        .group_by(Action.activity, Action.enrolment_id)
    )
    found: dict[str, tuple[int, int]] = {}
    for activity, enrolment_id, count in rows:
        own, whole = found.get(activity.value, (0, 0))
        mine = int(count) if enrolment_id == enrolment.id else 0
        found[activity.value] = (own + mine, whole + int(count))
    return found


def _size(cohort_id: str) -> int:
    statement = select(func.count(Enrolment.id)).where(
        Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.STARTED
    )
    return db.session.scalar(statement) or 0
