"""Use cases of closures."""

from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.closures.models import Closure
from jobsearch.cohorts.closures.queries import closed_days
from jobsearch.cohorts.closures.rules import days_of, new_days
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible


def close_days(actor: Actor, name: str, first: date, last: date | None) -> int:
    """Close the weekdays from the first to the last; says how many. Groups that exist stay.

    Raises RuleBroken for days in the past, turned around, or closed already.
    """
    span = days_of(first, last, today(actor.zone))
    days = new_days(span, closed_days(actor.organisation_id))
    db.session.add_all(
        Closure(organisation_id=actor.organisation_id, on=day, name=name) for day in days
    )
    db.session.flush()
    return len(days)


def open_day(closure_id: str) -> None:
    """Open a day again. Raises NotVisible."""
    closure = db.session.scalar(select(Closure).where(Closure.id == closure_id))
    if closure is None:
        raise NotVisible
    db.session.delete(closure)
    db.session.flush()
