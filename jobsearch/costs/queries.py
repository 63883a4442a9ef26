"""What is asked of costs: bookkeeping and pay in so many statements at any number of cohorts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, null, select, type_coerce, union_all
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, CohortState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.costs.pay.queries import (
    PAGE,
    count_unpaid,
    paid_by_programme,
    read_paid,
    select_paid,
)
from jobsearch.costs.rules import Booked, Cost, Paid, Spent, add_up, is_set_aside
from jobsearch.outcomes.queries import standing
from jobsearch.outcomes.rules import State
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.programmes.costs.rules import CostKind
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme

MOST_PROGRAMMES = 200
_BY = (ProgrammeCost.programme_id, ProgrammeCost.cohort_id, ProgrammeCost.kind)


def booked_by_programme(as_of: date, programme_id: str | None = None) -> Mapping[str, list[Booked]]:
    """The sums of the bookkeeping by programme, cohort and kind; one statement."""
    statement = _select_booked(as_of, programme_id).order_by(*_BY)
    found: defaultdict[str, list[Booked]] = defaultdict(list)
    for programme, cohort, kind, amount, lines in db.session.execute(statement):
        found[programme].append(Booked(cohort, kind, amount, lines))
    return found


def _select_booked(
    as_of: date, programme_id: str | None
) -> Select[str, str | None, CostKind, Money, int]:
    statement = (
        select(*_BY, func.sum(ProgrammeCost.amount), func.count())
        .where(ProgrammeCost.booked_on <= as_of, ProgrammeCost.removed_at.is_(None))
        .group_by(*_BY)
    )
    if programme_id is not None:
        statement = statement.where(ProgrammeCost.programme_id == programme_id)
    return statement


def spent_on(programme_id: str, as_of: date) -> Spent:
    """What a programme had cost by the day: bookkeeping and paid payslips, in one statement."""
    pay = select_paid(as_of, programme_id).order_by(None)
    booked = _select_booked(as_of, programme_id)
    *keys, kind, amount, lines = booked.selected_columns
    nothing = [type_coerce(null(), one.type) for one in pay.selected_columns]
    # columns of pay, and one more that only a line of the books fills
    like_pay = (*keys, nothing[2], nothing[3], amount, *nothing[5:8], lines, kind)
    both = union_all(
        pay.add_columns(type_coerce(null(), kind.type)), booked.with_only_columns(*like_pay)
    )
    rows = sorted(db.session.execute(both), key=lambda row: (row[2] or "", row[1] or ""))
    paid = read_paid(row[:-1] for row in rows if row[-1] is None).get(programme_id, [])
    of_books = [Booked(row[1], row[9], row[4], row[8]) for row in rows if row[-1] is not None]
    return add_up(sorted(of_books, key=lambda one: (one.cohort_id or "", one.kind)), paid)


@dataclass(frozen=True, slots=True)
class CostLine:
    """One programme of the list and what it has cost."""

    programme_id: str
    name: str
    total: Money


def list_programme_costs() -> list[CostLine]:
    """The provider's programmes with their cost so far, by name; three statements."""
    this_day = today()
    paid, booked = paid_by_programme(this_day), booked_by_programme(this_day)
    named = select(Programme.id, Programme.name).order_by(Programme.name, Programme.id)
    return [
        CostLine(key, name, add_up(booked.get(key, []), paid.get(key, [])).total)
        for key, name in db.session.execute(named.limit(MOST_PROGRAMMES))
    ]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the bookkeeping; `counts` is false where the pay runs say it already."""

    line: ProgrammeCost
    cohort: str | None
    entered_by: str | None
    counts: bool


@dataclass(frozen=True, slots=True)
class FullLedger:
    """Every line of a programme's cost on a day, for a file."""

    programme: Programme
    as_of: date
    lines: Sequence[LedgerLine]
    pay: Sequence[Paid]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A programme's cost on a day with the lines behind it, a page of them."""

    programme: Programme
    as_of: date
    lines: Sequence[LedgerLine]
    count: int
    pay: Sequence[Paid]
    spent: Spent
    cost: Cost
    unpaid: int

    @property
    def pages(self) -> int:
        """How many pages the lines fill."""
        return max(1, -(-self.count // PAGE))

    @property
    def waiting(self) -> Money:
        """Computed and not paid yet."""
        return Money.total(one.waiting for one in self.pay)

    @property
    def payslips(self) -> int:
        """How many payslips the wages are from."""
        return sum(one.payslips for one in self.pay)


def day_of_costs(programme: Programme, asked: date | None) -> date:
    """The day asked, or today in the programme's zone; no later day has costs."""
    this_day = today(programme.zone)
    return min(asked or this_day, this_day)


def cost_on(programme: Programme, as_of: date) -> tuple[Cost, Spent]:
    """What a programme had cost by a day, over people and placements; two statements."""
    spent = spent_on(programme.id, as_of)
    stands = standing(programme.id, programme.follow_up_months, as_of)
    found = stands.states[State.FOUND_WORK]
    return Cost(spent.total, spent.wages, stands.started, found), spent


def show_ledger(programme_id: str, asked: date | None, page: int = 1) -> Ledger:
    """A programme's cost on a day; six statements. Raises NotVisible."""
    programme = get_programme(programme_id)
    as_of = day_of_costs(programme, asked)
    paid = paid_by_programme(as_of, programme.id).get(programme.id, [])
    booked = booked_by_programme(as_of, programme.id).get(programme.id, [])
    spent = add_up(booked, paid)
    stands = standing(programme.id, programme.follow_up_months, as_of)
    return Ledger(
        programme=programme,
        as_of=as_of,
        lines=list_lines(programme.id, as_of, paid, page),
        count=sum(one.lines for one in booked),
        pay=paid,
        spent=spent,
        cost=Cost(spent.total, spent.wages, stands.started, stands.states[State.FOUND_WORK]),
        unpaid=count_unpaid(programme.id),
    )


def list_lines(
    programme_id: str, as_of: date, paid: Sequence[Paid], page: int | None = None
) -> list[LedgerLine]:
    """The lines booked by the day, the dearest first; a page of them, or all."""
    statement = (
        select(ProgrammeCost, Cohort.name)
        .outerjoin(Cohort, Cohort.id == ProgrammeCost.cohort_id)
        .where(
            ProgrammeCost.programme_id == programme_id,
            ProgrammeCost.booked_on <= as_of,
            ProgrammeCost.removed_at.is_(None),
        )
        .options(joinedload(ProgrammeCost.entered_by).load_only(Account.name))
        .order_by(ProgrammeCost.amount.desc(), ProgrammeCost.label, ProgrammeCost.id)
    )
    if page is not None:
        statement = statement.limit(PAGE).offset((page - 1) * PAGE)
    return [
        LedgerLine(
            line,
            cohort,
            line.entered_by.name if line.entered_by else None,
            not is_set_aside(Booked(line.cohort_id, line.kind, line.amount), paid),
        )
        for line, cohort in db.session.execute(statement)
    ]


def list_cohort_names(programme_id: str) -> list[tuple[str, str]]:
    """The programme's cohorts by key, in the order of their start."""
    statement = (
        select(Cohort.id, Cohort.name)
        .where(Cohort.programme_id == programme_id, Cohort.state != CohortState.CANCELLED)
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
    )
    return [(key, name) for key, name in db.session.execute(statement)]


def load_ledger(programme_id: str, asked: date | None) -> FullLedger:
    """Every line of a programme's cost on a day. Raises NotVisible."""
    programme = get_programme(programme_id)
    as_of = day_of_costs(programme, asked)
    paid = paid_by_programme(as_of, programme.id).get(programme.id, [])
    return FullLedger(programme, as_of, list_lines(programme.id, as_of, paid), paid)
