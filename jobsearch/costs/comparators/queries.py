"""What is asked of comparators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money
from jobsearch.costs.comparators.models import Comparator
from jobsearch.costs.comparators.rules import Against, set_beside
from jobsearch.costs.queries import cost_on, day_of_costs
from jobsearch.costs.rules import Cost
from jobsearch.costs.what_if.rules import MonthOfBenefit, month_of_benefit
from jobsearch.programmes.models import Programme
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import RateKey

MOST = 200
_ORDER = (Comparator.service, Comparator.period, Comparator.entered_at, Comparator.id)


def get_comparator(comparator_id: str) -> Comparator:
    """A comparator that is in use. Raises NotVisible."""
    statement = select(Comparator).where(
        Comparator.id == comparator_id, Comparator.ended_at.is_(None)
    )
    row = db.session.scalar(statement)
    if row is None:
        raise NotVisible
    return row


def list_comparators() -> list[Comparator]:
    """Every comparator in use with who entered it."""
    statement = (
        select(Comparator)
        .where(Comparator.ended_at.is_(None))
        .options(joinedload(Comparator.entered_by).load_only(Account.name))
        .order_by(*_ORDER)
        .limit(MOST)
    )
    return list(db.session.scalars(statement))


def programme_beside(programme_id: str, *more: Any) -> Select[Any]:
    """A programme with each comparator it has (or none), and more columns: in one statement."""
    of_it = or_(Comparator.programme_id == Programme.id, Comparator.programme_id.is_(None))
    return (
        select(Programme, Comparator, *more)
        .outerjoin(Comparator, of_it & Comparator.ended_at.is_(None))
        .options(joinedload(Comparator.entered_by).load_only(Account.name))
        .where(Programme.id == programme_id)
        .order_by(*_ORDER)
        .limit(MOST)
    )


@dataclass(frozen=True, slots=True)
class Comparisons:
    """A programme's cost beside what is known of other services, on a day.

    `benefit` is the dated figure that break-even rests on; None where no figure is known for the
    day, and then there is no break-even.
    """

    programme: Programme
    as_of: date
    cost: Cost
    rows: Sequence[Comparator]
    against: Sequence[Against]
    benefit: MonthOfBenefit | None


def compare_programme(programme_id: str, asked: date | None) -> Comparisons:
    """A programme against every rate, with the cost of the same service where there is one.

    Where the service of a rate has no cost of its own, each cost of another one gives a mixed
    figure. Six statements. Raises NotVisible.
    """
    programme, rows = load_beside(programme_id)
    as_of = day_of_costs(programme, asked)
    cost, _spent = cost_on(programme, as_of)
    a_day = load_rate_table().find(RateKey.GENERAL_BENEFIT_DAY, as_of)
    benefit = month_of_benefit(Money(a_day.value), a_day.source, as_of) if a_day else None
    figures = [row.as_figure() for row in rows]
    against = set_beside(cost, figures, benefit.a_month if benefit else None)
    return Comparisons(programme, as_of, cost, rows, against, benefit)


def load_beside(programme_id: str) -> tuple[Programme, list[Comparator]]:
    """A programme and the comparators that are in use for it. One statement. Raises NotVisible."""
    found = list(db.session.execute(programme_beside(programme_id)))
    if not found:
        raise NotVisible
    return found[0][0], [row for _programme, row in found if row is not None]
