"""Alerts of the demo: those of this morning, one of them taken, and what came of older ones; and
the numbers of the duty to search that the coach has asked for.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from jobsearch.coaching.alerts.models import Alert
from jobsearch.coaching.alerts.rules import AlertRule, Verdict
from jobsearch.coaching.alerts.service import refresh, take
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.tracker.duty.service import set_number


@dataclass(frozen=True, slots=True)
class Past:
    """An alert of Group 6 that is over: raised on a day of it, by its place; how it was."""

    name: str
    place: int
    rule: AlertRule
    verdict: Verdict | None = None
    by_itself: bool = False
    count: int = 0
    out_of: int = 0


_HELPFUL, _NEEDLESS = Verdict.HELPFUL, Verdict.NEEDLESS
PAST = (
    Past("Mikko", 3, AlertRule.NO_ACTION, _HELPFUL),
    Past("Kalle", 4, AlertRule.NO_ACTION, _HELPFUL),
    Past("Sari", 4, AlertRule.NO_ACTION, by_itself=True),
    Past("Tiina", 6, AlertRule.NO_ACTION, _NEEDLESS),
    Past("Nadia", 9, AlertRule.NO_ACTION, _HELPFUL),
    Past("Kalle", 8, AlertRule.NO_ACTION, _HELPFUL),
    Past("Mikko", 6, AlertRule.UNDER_GOAL, _HELPFUL, count=2, out_of=8),
    Past("Kalle", 6, AlertRule.UNDER_GOAL, by_itself=True, count=1, out_of=6),
    Past("Tiina", 9, AlertRule.ASKED_FOR_HELP, _HELPFUL),
    Past("Mikko", 10, AlertRule.NO_REPLY, _HELPFUL, count=14),
)
NUMBERS = (("Aino", 4, 1), ("Jari", 1, 3))
"""Whose number stands in a plan: how many, in how many months. Of the others none is known."""


def see_to_alerts(coach: Actor, this_day: date) -> None:
    """What the rules say this morning, what came of older alerts, and two numbers of plans."""
    for group, days in _groups(this_day):
        if group.ends_on >= this_day:
            day = max(on for on in days if on <= this_day)
            refresh(coach.organisation_id, day)
            _take_one(coach, group)
            _write_numbers(coach, group)
        else:
            _add_past(coach, group, days)
    db.session.flush()


def _groups(this_day: date) -> list[tuple[Cohort, list[date]]]:
    """The group at work and the one before it, each with its days."""
    statement = (
        select(Cohort)
        .where(Cohort.starts_on <= this_day, Cohort.starts_on > this_day - timedelta(days=100))
        .order_by(Cohort.starts_on)
    )
    days = select(CohortDay.on).where(CohortDay.cancelled_at.is_(None)).order_by(CohortDay.on)
    return [
        (group, list(db.session.scalars(days.where(CohortDay.cohort_id == group.id))))
        for group in db.session.scalars(statement)
    ]


def _people(group: Cohort) -> dict[str, Enrolment]:
    statement = (
        select(Person.given_name, Enrolment)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .where(Enrolment.cohort_id == group.id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _take_one(coach: Actor, group: Cohort) -> None:
    """The coach has taken the first of this morning's."""
    statement = (
        select(Alert.id)
        .join(Person, Person.id == Alert.person_id)
        .where(Alert.cohort_id == group.id, Alert.ended_at.is_(None))
        .order_by(Person.given_name, Alert.rule)
        .limit(1)
    )
    for key in db.session.scalars(statement):
        take(coach, key, None)


def _write_numbers(coach: Actor, group: Cohort) -> None:
    people = _people(group)
    for name, number, months in NUMBERS:
        source = f"Työllistymissuunnitelma {group.starts_on.day}.{group.starts_on.month}."
        first = group.starts_on.replace(day=1)
        set_number(coach, people[name].person_id, first, number, months, source)


def _add_past(coach: Actor, group: Cohort, days: list[date]) -> None:
    people = _people(group)
    for past in PAST:
        if past.name not in people or past.place >= len(days):
            continue
        on, one = days[past.place], people[past.name]
        at = datetime.combine(on, time(4, 45), UTC)
        after = at + timedelta(hours=4)
        alert = Alert(
            organisation_id=coach.organisation_id,
            enrolment_id=one.id,
            person_id=one.person_id,
            cohort_id=group.id,
            rule=past.rule,
            raised_on=on,
            raised_at=at,
            on=days[past.place - 3],
            until=days[past.place - 1],
            count=past.count,
            out_of=past.out_of,
            told_at=at,
            ended_at=after,
        )
        if not past.by_itself:
            alert.taken_by_id, alert.taken_at = coach.account_id, at + timedelta(hours=1)
            alert.ended_by_id = coach.account_id
            alert.verdict, alert.judged_at = past.verdict, after
        db.session.add(alert)
