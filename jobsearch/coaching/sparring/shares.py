"""Whether everyone gets her share of a coach's time: counts of talks by person and week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from jobsearch.coaching.sparring.models import SparringSlot
from jobsearch.coaching.sparring.rules import LEAST_A_WEEK, WeekOfTalks, is_short
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.periods import Span, instant_of, week_of
from jobsearch.people.models import Person

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One participant's talks of this calendar week: had, booked ahead, whether it is little."""

    enrolment_id: str
    name: str
    cohort: str
    had: int
    minutes: int
    ahead: int
    is_short: bool


def list_shares(actor: Actor) -> list[ShareLine]:
    """Everyone in the coach's running groups with her talks of this week, fewest first.

    Counts are made in SQL; two statements however many there are.
    """
    at = now()
    week = week_of(local(at, actor.zone).date())
    days = _days_of_week(actor, week)
    return [
        ShareLine(
            key, name, cohort, had, minutes, ahead, is_short(had + ahead, *days.get(group, (0, 1)))
        )
        for key, name, group, cohort, had, minutes, ahead in db.session.execute(
            _shares(actor.account_id, week, at, actor.zone)
        )
    ]


def _shares(
    coach_id: str, week: Span, at: datetime, zone: str, given: str | None = None
) -> Select[*tuple[Any, ...]]:
    talk = and_(
        SparringSlot.enrolment_id == Enrolment.id,
        SparringSlot.withdrawn_at.is_(None),
        SparringSlot.missed_at.is_(None),
        SparringSlot.id != (given or ""),
        *_inside(week, zone),
    )
    past = SparringSlot.starts_at <= at
    return (
        select(
            Enrolment.id,
            Person.given_name + " " + Person.family_name,
            Cohort.id,
            Cohort.name,
            func.count(SparringSlot.id).filter(past),
            func.coalesce(func.sum(SparringSlot.minutes).filter(past), 0),
            func.count(SparringSlot.id).filter(~past),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(SparringSlot, talk)
        .where(
            Cohort.coach_id == coach_id,
            Cohort.state == CohortState.OPEN,
            Cohort.starts_on <= week.last,
            Cohort.ends_on >= week.first,
            has_seat(),
        )
        .group_by(Enrolment.id, Person.given_name, Person.family_name, Cohort.id, Cohort.name)
        .order_by(func.count(SparringSlot.id), Person.given_name, Enrolment.id)
    )


def _inside(week: Span, zone: str) -> tuple[ColumnElement[bool], ...]:
    first, after = instant_of(week.first, 0, zone), instant_of(week.first + _WEEK, 0, zone)
    return SparringSlot.starts_at >= first, SparringSlot.starts_at < after


def _days_of_week(actor: Actor, week: Span) -> dict[str, tuple[int, int]]:
    """How many days of the week each group has behind it, of how many."""
    today = local(now(), actor.zone).date()
    statement = (
        select(
            CohortDay.cohort_id,
            func.count(CohortDay.id).filter(CohortDay.on <= today),
            func.count(CohortDay.id),
        )
        .join(Cohort, Cohort.id == CohortDay.cohort_id)
        .where(
            Cohort.coach_id == actor.account_id,
            CohortDay.cancelled_at.is_(None),
            CohortDay.on >= week.first,
            CohortDay.on <= week.last,
        )
        .group_by(CohortDay.cohort_id)
    )
    return {key: (gone, days) for key, gone, days in db.session.execute(statement)}


def week_of_talks(
    slot: SparringSlot, enrolment_id: str, zone: str, given: str | None = None
) -> WeekOfTalks:
    """How the talks of a time's week are shared out: hers, what others lack, and what is free.

    The time itself is not free, and one that she has given for it is. Two statements however many
    people there are.
    """
    at = now()
    week = week_of(local(slot.starts_at, zone).date())
    rows = db.session.execute(_shares(slot.coach_id, week, at, zone, given)).all()
    talks = {row[0]: row[4] + row[6] for row in rows}
    free = select(func.count(SparringSlot.id)).where(
        SparringSlot.coach_id == slot.coach_id,
        SparringSlot.id != slot.id,
        or_(SparringSlot.enrolment_id.is_(None), SparringSlot.id == given),
        SparringSlot.withdrawn_at.is_(None),
        SparringSlot.starts_at > at,
        *_inside(week, zone),
    )
    return WeekOfTalks(
        mine=talks.get(enrolment_id, 0),
        lacking=sum(
            max(0, LEAST_A_WEEK - count) for key, count in talks.items() if key != enrolment_id
        ),
        free=db.session.scalar(free) or 0,
    )
