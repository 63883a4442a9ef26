"""What is asked of pay runs as a cost; the payroll's own payslips, never a copy of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.costs.rules import Paid
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.rules import RunKind, RunState
from jobsearch.programmes.models import Programme
from jobsearch.programmes.queries import get_programme

PAID_STATES = (RunState.PAID, RunState.REPORTED, RunState.HANDED_OVER)
PAGE = 25


def _slips(as_of: date) -> Select[Any]:
    """Payslips by cohort and run with what each cost the employer: the one source of paid wages.

    Those of runs that are not paid yet count as waiting, whatever their day.
    """
    bonus = (  # by the payslip, which the database finds at once among the lines
        select(func.sum(PayLineRow.amount))
        .where(PayLineRow.payslip_id == Payslip.id, PayLineRow.item == Item.BONUS)
        .correlate(Payslip)
        .scalar_subquery()
    )
    is_paid = case((PayRun.state.in_(PAID_STATES), 1), else_=0)
    return (
        select(
            Cohort.programme_id,
            Cohort.id.label("cohort_id"),
            Cohort.name.label("cohort"),
            PayRun.id.label("run_id"),
            is_paid.label("is_paid"),
            func.sum(Payslip.gross).label("gross"),
            func.sum(Payslip.reimbursements).label("reimbursements"),
            func.sum(Payslip.contributions).label("contributions"),
            func.sum(bonus).label("bonuses"),
            func.count(Payslip.id).label("payslips"),
        )
        .select_from(Payslip)
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .join(Employment, Employment.id == Payslip.employment_id)
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where((is_paid == 0) | (Payslip.pays_on <= as_of))
        .group_by(Cohort.programme_id, Cohort.id, Cohort.name, PayRun.id, PayRun.state)
    )


def paid_by_programme(
    as_of: date, programme_id: str | None = None, fewest: int = 1
) -> Mapping[str, list[Paid]]:
    """What pay has cost each cohort, by programme; one statement.

    With `fewest`, payments of a run to fewer of a cohort's people are left out: no single pay can
    be found from the sums, also not by taking one day's from another's.
    """
    return read_paid(db.session.execute(select_paid(as_of, programme_id, fewest)))


def select_paid(as_of: date, programme_id: str | None = None, fewest: int = 1) -> Select[Any]:
    """Pay by programme, cohort and whether it is paid, in the order of `read_paid`."""
    slips = _slips(as_of).having(func.count(Payslip.person_id.distinct()) >= fewest)
    if programme_id is not None:
        slips = slips.where(Cohort.programme_id == programme_id)
    by_run = slips.subquery()
    sums = (by_run.c.gross, by_run.c.reimbursements, by_run.c.contributions, by_run.c.bonuses)
    keys = (by_run.c.programme_id, by_run.c.cohort_id, by_run.c.cohort, by_run.c.is_paid)
    return (
        select(*keys, *(func.sum(column) for column in sums), func.sum(by_run.c.payslips))
        .group_by(*keys)
        .order_by(by_run.c.programme_id, by_run.c.cohort, by_run.c.cohort_id)
    )


def read_paid(lines: Iterable[Sequence[Any]]) -> Mapping[str, list[Paid]]:
    """Rows of `select_paid` as what pay has cost each cohort, by programme."""
    rows: defaultdict[tuple[str, str, str], dict[int, Sequence[Any]]] = defaultdict(dict)
    for programme, cohort_id, cohort, is_paid, *figures in lines:
        rows[programme, cohort_id, cohort][is_paid] = figures
    found: defaultdict[str, list[Paid]] = defaultdict(list)
    for (programme, cohort_id, cohort), halves in rows.items():
        found[programme].append(_paid(cohort_id, cohort, halves))
    return found


def _paid(cohort_id: str, cohort: str, halves: Mapping[int, Sequence[Any]]) -> Paid:
    nothing = (Money.zero(), Money.zero(), Money.zero(), Money.zero(), 0)
    gross, reimbursed, on_costs, bonuses, payslips = halves.get(1, nothing)
    bonuses = bonuses or Money.zero()
    waits = halves.get(0, nothing)
    return Paid(
        cohort_id,
        cohort,
        wages=gross + reimbursed - bonuses,
        bonuses=bonuses,
        on_costs=on_costs,
        payslips=int(payslips),
        waiting=waits[0] + waits[1] + waits[2],
        waiting_payslips=int(waits[4]),
    )


def count_unpaid(programme_id: str) -> int:
    """How many of the employed have no wages paid yet."""
    paid = (
        select(Payslip.id)
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .where(
            Payslip.employment_id == Employment.id,
            Payslip.kind == RunKind.WAGES,
            PayRun.state.in_(PAID_STATES),
        )
    )
    statement = (
        select(func.count(Employment.id))
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.programme_id == programme_id, ~paid.exists())
    )
    return db.session.scalar(statement) or 0


@dataclass(frozen=True, slots=True)
class RunCost:
    """What one pay run cost one cohort."""

    run_id: str
    cohort: str
    pays_on: date
    state: RunState
    payslips: int
    wages: Money
    bonuses: Money
    on_costs: Money

    @property
    def total(self) -> Money:
        """In all."""
        return self.wages + self.bonuses + self.on_costs


@dataclass(frozen=True, slots=True)
class RunCosts:
    """The pay runs behind a programme's wages, a page of them."""

    programme: Programme
    as_of: date
    lines: Sequence[RunCost]
    count: int

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-self.count // PAGE))


def show_runs(programme_id: str, asked: date | None, page: int) -> RunCosts:
    """The runs behind a programme's wages on a day, newest first. Raises NotVisible."""
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    as_of = min(asked or this_day, this_day)
    by_run = _slips(as_of).where(Cohort.programme_id == programme.id).subquery()
    sums = (by_run.c.gross, by_run.c.reimbursements, by_run.c.contributions, by_run.c.bonuses)
    heads = (PayRun.id, by_run.c.cohort, PayRun.pays_on, PayRun.state, by_run.c.payslips)
    statement = (
        select(*heads, *sums)
        .select_from(by_run)
        .join(PayRun, PayRun.id == by_run.c.run_id)
        .order_by(PayRun.pays_on.desc(), by_run.c.cohort, PayRun.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = []
    for run_id, cohort, pays_on, state, payslips, *money in db.session.execute(statement):
        gross, reimbursed, on_costs, bonuses = (one or Money.zero() for one in money)
        wages = gross + reimbursed - bonuses
        lines.append(RunCost(run_id, cohort, pays_on, state, payslips, wages, bonuses, on_costs))
    count = db.session.scalar(select(func.count()).select_from(by_run)) or 0
    return RunCosts(programme, as_of, lines, count)
