"""What a change of a day would mean, before it is made."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.changes.rules import Consequence, Limits, PaidDay, consequence
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.cohorts.queries import get_cohort, has_seat, list_days
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.programmes.queries import find_terms
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import RateKey, RateTable


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a change means: hours and pay, how many are told, and the coach's other groups."""

    what: Consequence
    people: int
    clashes: tuple[str, ...]


def outlook(day: CohortDay, to: date | None) -> Outlook:
    """What moving a day (or cancelling it, without `to`) would mean for everyone."""
    cohort = get_cohort(day.cohort_id)
    days = list_days(day.cohort_id)
    before = [PaidDay(day.on, 0 if day.cancelled_at else day.paid_minutes) for day in days]
    here = days.index(day)
    after = list(before)
    after[here] = replace(before[here], **({"on": to} if to is not None else {"paid_minutes": 0}))
    terms = find_terms(cohort.programme_id, cohort.starts_on)
    months = {day.on.replace(day=1) for day in (*before, *after)}
    limits = _limits(months) if terms else {}
    return Outlook(
        consequence(before, after, terms.hourly_wage if terms else None, limits),
        len(list_members(cohort.id)),
        _clashes(cohort, to) if to is not None else (),
    )


def _limits(months: set[date]) -> dict[date, Limits | None]:
    table = load_rate_table()
    return {month: _limits_on(table, month) for month in months}


def _limits_on(table: RateTable, day: date) -> Limits | None:
    known = (RateKey.TYOSSAOLOEHTO_HALF_MONTH, RateKey.TYOSSAOLOEHTO_FULL_MONTH)
    if any(table.find(key, day) is None for key in known):
        return None
    return Limits(*(table.amount(key, day) for key in known))


def list_members(cohort_id: str) -> list[Person]:
    """The people with a seat in the group, by name."""
    statement = (
        select(Person)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.cohort_id == cohort_id, has_seat())
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    return list(db.session.scalars(statement))


def _clashes(cohort: Cohort, to: date) -> tuple[str, ...]:
    """The coach's other groups on the day: a coach is in one place at a time."""
    if cohort.coach_id is None:
        return ()
    statement = (
        select(Cohort.name)
        .join(CohortDay, CohortDay.cohort_id == Cohort.id)
        .where(
            Cohort.coach_id == cohort.coach_id,
            Cohort.id != cohort.id,
            Cohort.state == CohortState.OPEN,
            CohortDay.on == to,
            CohortDay.cancelled_at.is_(None),
        )
        .order_by(Cohort.name, Cohort.id)
    )
    return tuple(db.session.scalars(statement))
