"""Use cases of changed days: move or cancel one, and tell everyone of the group once."""

from collections.abc import Iterator
from datetime import date

from jobsearch.accounts.models import Account
from jobsearch.cohorts import service
from jobsearch.cohorts.changes.mail import CANCELLED, MOVED, own_weeks, staff_day
from jobsearch.cohorts.changes.queries import list_members
from jobsearch.cohorts.models import Cohort, CohortDay
from jobsearch.cohorts.queries import get_cohort, get_day
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.periods import time_of
from jobsearch.notices.rules import Recipient, TextKind
from jobsearch.notices.service import send


def move_day(actor: Actor, day_id: str, to: date) -> CohortDay:
    """Move a day and tell everyone once, with the old and the new time.

    Raises what `cohorts.service.move_day` raises; then nobody is told.
    """
    was = get_day(day_id).on
    day = service.move_day(actor, day_id, to)
    starts = time_of(day.starts_minute)
    _tell(MOVED, day, {"day": was, "time": starts, "new_day": day.on, "new_time": starts})
    return day


def cancel_day(day_id: str) -> CohortDay:
    """Cancel a day and tell everyone once."""
    day = service.cancel_day(day_id)
    _tell(CANCELLED, day, {"day": day.on, "time": time_of(day.starts_minute)})
    return day


def _tell(kind: TextKind, day: CohortDay, gaps: dict[str, object]) -> None:
    cohort = get_cohort(day.cohort_id)
    for to, link in _recipients(cohort):
        send(
            kind,
            to,
            {**gaps, "group": cohort.name, "link": link},
            organisation_id=cohort.organisation_id,
            once=f"{kind.key}:{day.id}:{day.version}:{to.subject_id}",
        )


def _recipients(cohort: Cohort) -> Iterator[tuple[Recipient, str]]:
    """Everyone with a seat, and the coach; with the page that each opens."""
    for person in list_members(cohort.id):
        first = person.given_name.split()[0]
        to = Recipient(person.email, person.phone, person.language, person.id, first)
        yield to, own_weeks()
    coach = db.session.get(Account, cohort.coach_id) if cohort.coach_id else None
    if coach is not None:
        first = coach.name.split()[0]
        yield Recipient(coach.email, None, coach.language, coach.id, first), staff_day()
