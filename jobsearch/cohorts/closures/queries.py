"""What is asked of closures."""

from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.closures.models import Closure
from jobsearch.core.clock import today
from jobsearch.core.db import db


def list_closures() -> list[Closure]:
    """The closed days from today on, by date."""
    statement = select(Closure).where(Closure.on >= today()).order_by(Closure.on, Closure.id)
    return list(db.session.scalars(statement.limit(400)))


def closed_days(organisation_id: str) -> dict[date, str]:
    """Every day on which the provider is closed, with its name."""
    statement = select(Closure.on, Closure.name).where(Closure.organisation_id == organisation_id)
    return {row.on: row.name for row in db.session.execute(statement)}
