"""Which days of a person are locked, and what of an entry stays open on them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from jobsearch.attendance.models import Attendance, AttendanceState
from jobsearch.cohorts.models import CohortDay
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.tracker.models import Action

FACTS = ("on", "activity", "employer_id", "role_title", "channel", "reached")
"""What an entry says was done. A reply, a note and who sees it may come later than the lock."""


def is_locked(enrolment_id: str, days: Collection[date]) -> bool:
    """Whether the hours of one of these days are approved, or in a pay run already."""
    statement = (
        select(Attendance.id)
        .join(CohortDay, CohortDay.id == Attendance.cohort_day_id)
        .where(
            Attendance.enrolment_id == enrolment_id,
            CohortDay.on.in_(days),
            Attendance.state != AttendanceState.MARKED,
        )
        .limit(1)
    )
    return db.session.scalar(statement) is not None


def check_open(actor: Actor, enrolment_id: str, *days: date) -> None:
    """Raises RuleBroken when one of the days is before today and locked; today asks nothing."""
    past = {day for day in days if day < today(actor.zone)}
    if not past or not is_locked(enrolment_id, past):
        return
    if actor.person_id is not None:
        raise RuleBroken(
            N_("The hours of this day are approved. Ask your coach to correct the entry."),
            field="on",
        )
    raise RuleBroken(
        N_("The hours of this day are approved. Correct it with a reason."), field="on"
    )


def facts_of(action: Action) -> tuple[object, ...]:
    """What an entry says was done, to be compared after a change."""
    return tuple(getattr(action, name) for name in FACTS)


def check_facts(actor: Actor, action: Action, before: tuple[object, ...], on: date) -> None:
    """Raises RuleBroken when what was done is said otherwise and either day is locked.

    `before` is what `facts_of` gave before the change, `on` the day that it had.
    """
    if facts_of(action) != before:
        check_open(actor, action.enrolment_id, on, action.on)
