"""What is asked of a programme's costs."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.programmes.costs.rules import CostKind


def list_costs(programme_id: str, as_of: date) -> list[ProgrammeCost]:
    """The lines booked by the day, the dearest first."""
    statement = (
        select(ProgrammeCost)
        .where(ProgrammeCost.programme_id == programme_id, ProgrammeCost.booked_on <= as_of)
        .order_by(ProgrammeCost.amount.desc(), ProgrammeCost.label, ProgrammeCost.id)
    )
    return list(db.session.scalars(statement))


def cost_by_kind(programme_id: str, as_of: date) -> Mapping[CostKind, Money]:
    """Euros booked by the day, by the kind of cost."""
    statement = (
        select(ProgrammeCost.kind, func.sum(ProgrammeCost.amount))
        .where(ProgrammeCost.programme_id == programme_id, ProgrammeCost.booked_on <= as_of)
        .group_by(ProgrammeCost.kind)
    )
    return {row.kind: row[1] for row in db.session.execute(statement)}


def list_labels(programme_id: str) -> frozenset[str]:
    """The labels that the programme has lines under."""
    statement = select(ProgrammeCost.label).where(ProgrammeCost.programme_id == programme_id)
    return frozenset(db.session.scalars(statement))
