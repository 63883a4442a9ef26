"""Which days of a person are locked, and what of an entry stays open on them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

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


def is_past_and_locked(actor: Actor, enrolment_id: str, *days: date) -> bool:
    """Whether one of the days is before today and locked; today and later ask nothing."""
    past = {day for day in days if day < today(actor.zone)}
    return bool(past) and is_locked(enrolment_id, past)


def check_open(actor: Actor, enrolment_id: str, *days: date) -> None:
    """Raises RuleBroken when one of the days is before today and locked; today asks nothing."""
    if not is_past_and_locked(actor, enrolment_id, *days):
        return
    if actor.person_id is not None:
        raise RuleBroken(
            N_("The hours of this day are approved. Ask your coach to correct the entry."),
            field="on",
        )
    raise RuleBroken(
        N_("The hours of this day are approved. Correct it with a reason."), field="on"
    )


def check_facts(actor: Actor, action: Action, said: Mapping[str, Any]) -> None:
    """Raises RuleBroken when what was done would be said otherwise and either day is locked.

    `said` are the new values of an entry's columns.
    """
    if any(getattr(action, name) != said.get(name, getattr(action, name)) for name in FACTS):
        check_open(actor, action.enrolment_id, action.on, said.get("on", action.on))
