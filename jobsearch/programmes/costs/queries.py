"""What is asked of a programme's costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.programmes.costs.rules import WAGE_KINDS, CostKind
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme


def list_costs(programme_id: str, as_of: date) -> list[ProgrammeCost]:
    """The lines booked by the day, the dearest first."""
    statement = (
        select(ProgrammeCost)
        .where(ProgrammeCost.programme_id == programme_id, ProgrammeCost.booked_on <= as_of)
        .order_by(ProgrammeCost.amount.desc(), ProgrammeCost.label, ProgrammeCost.id)
        .limit(500)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class CostsPage:
    """The lines of a programme's bookkeeping up to a day, and their sum."""

    programme: Programme
    as_of: date
    lines: list[ProgrammeCost]

    @property
    def total(self) -> Money:
        """Euros in all."""
        return Money.total(line.amount for line in self.lines)

    @property
    def wages(self) -> Money:
        """The part that is wages, bonuses and on-costs."""
        return Money.total(line.amount for line in self.lines if line.kind in WAGE_KINDS)


def show_costs(programme_id: str, asked: date | None) -> CostsPage:
    """The lines booked by a day. Raises NotVisible for another provider's programme."""
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    as_of = min(asked or this_day, this_day)
    return CostsPage(programme, as_of, list_costs(programme.id, as_of))


@dataclass(frozen=True, slots=True)
class CostLine:
    """One programme of the list and what it has cost."""

    programme_id: str
    name: str
    total: Money | None


def list_programme_costs() -> list[CostLine]:
    """The provider's programmes with their cost so far, by name."""
    statement = (
        select(Programme.id, Programme.name, func.sum(ProgrammeCost.amount))
        .outerjoin(ProgrammeCost, ProgrammeCost.programme_id == Programme.id)
        .group_by(Programme.id, Programme.name)
        .order_by(Programme.name, Programme.id)
        .limit(200)
    )
    return [CostLine(*row) for row in db.session.execute(statement)]


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
