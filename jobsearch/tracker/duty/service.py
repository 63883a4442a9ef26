"""Use case of the duty to search: a coach sets the number that stands in a person's plan."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.tracker.duty.models import DutyNumber
from jobsearch.tracker.duty.rules import check_number
from jobsearch.tracker.queries import get_person


def set_number(
    actor: Actor, person_id: str, from_month: date, number: int, months: int, source: str
) -> DutyNumber:
    """From a month on (its first day), so many acts in one month or in three. What was set before
    stays in the history. Raises RuleBroken, NotVisible.
    """
    person = get_person(actor, person_id)
    check_number(number, months, source)
    row = DutyNumber(
        organisation_id=person.organisation_id,
        person_id=person.id,
        from_month=from_month.replace(day=1),
        number=number,
        months=months,
        source=source,
        set_at=now(),
        set_by_id=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row
