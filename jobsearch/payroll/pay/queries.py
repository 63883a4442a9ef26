"""What is asked of pay runs and payslips."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.accounts.models import Account
from jobsearch.core import files
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money
from jobsearch.core.periods import Span, year_of
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.rules import FROZEN, PaidBy

PAGE = 25


def get_run(run_id: str, *, held: bool = False) -> PayRun:
    """A run with its group and the people who made, reviewed and approved it. Raises NotVisible.

    Held, nobody else changes it or its payslips until this unit of work ends.
    """
    statement = (
        select(PayRun)
        .where(PayRun.id == run_id)
        .options(
            joinedload(PayRun.cohort),
            joinedload(PayRun.made_by).load_only(Account.name),
            joinedload(PayRun.reviewed_by).load_only(Account.name),
            joinedload(PayRun.approved_by).load_only(Account.name),
        )
    )
    run = db.session.scalar(statement.with_for_update(of=PayRun) if held else statement)
    if run is None:
        raise NotVisible
    return run


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in the list, with how many people it pays and how much leaves the account."""

    run: PayRun
    people: int
    to_account: Money


def list_runs(page: int) -> list[RunLine]:
    """Runs by day of payment, newest first, with their sums made in SQL."""
    sums = (
        select(
            Payslip.pay_run_id,
            func.count().label("people"),
            func.sum(Payslip.to_account).label("cents"),
        )
        .group_by(Payslip.pay_run_id)
        .subquery()
    )
    statement = (
        select(PayRun, func.coalesce(sums.c.people, 0), sums.c.cents)
        .outerjoin(sums, sums.c.pay_run_id == PayRun.id)
        .options(joinedload(PayRun.cohort))
        .order_by(PayRun.pays_on.desc(), PayRun.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = db.session.execute(statement)
    return [RunLine(run, people, total or Money.zero()) for run, people, total in rows]


def count_runs() -> int:
    """How many runs there are."""
    return db.session.scalar(select(func.count()).select_from(PayRun)) or 0


def last_paid_by() -> PaidBy:
    """Who pays the run that was made last; from here while there is none."""
    statement = select(PayRun.paid_by).order_by(PayRun.made_at.desc(), PayRun.id).limit(1)
    return db.session.scalar(statement) or PaidBy.HERE


def list_payslips(run_id: str, start: int = 0, most: int | None = None) -> list[Payslip]:
    """A run's payslips with their lines, by name; so many of them, from the one at `start`."""
    statement = (
        select(Payslip)
        .where(Payslip.pay_run_id == run_id)
        .options(selectinload(Payslip.lines))
        .order_by(Payslip.position, Payslip.id)
        .limit(most)
        .offset(start)
    )
    return list(db.session.scalars(statement))


def list_payees(run_id: str) -> list[str]:
    """The people whom a run pays, by their keys."""
    statement = select(Payslip.person_id).where(Payslip.pay_run_id == run_id).distinct()
    return list(db.session.scalars(statement.order_by(Payslip.person_id)))


def what_is_paid(run_id: str) -> set[tuple[object, ...]]:
    """What a run pays as it was computed: contract, account, gross, tax, net, and the sums."""
    statement = select(
        Payslip.employment_id,
        Payslip.account,
        Payslip.gross,
        Payslip.tax,
        Payslip.net,
        Payslip.to_account,
        Payslip.employer_total,
    ).where(Payslip.pay_run_id == run_id)
    return {tuple(row) for row in db.session.execute(statement)}


def get_payslip(payslip_id: str, person_id: str | None = None) -> Payslip:
    """A payslip with its lines and run; of this person only, and then only when it is issued.

    Raises NotVisible.
    """
    conditions: list[ColumnElement[bool]] = [Payslip.id == payslip_id]
    if person_id is not None:
        conditions += [Payslip.person_id == person_id, Payslip.file_id.is_not(None)]
    statement = (
        select(Payslip)
        .where(*conditions)
        .options(selectinload(Payslip.lines), joinedload(Payslip.run).joinedload(PayRun.cohort))
    )
    payslip = db.session.scalar(statement)
    if payslip is None:
        raise NotVisible
    return payslip


@dataclass(frozen=True, slots=True)
class Issued:
    """A payslip as it was issued: its bytes, whose they are and the day of payment."""

    person_id: str
    pays_on: date
    content: bytes
    media_type: str
    has_distraint: bool


def get_issued(payslip_id: str, person_id: str | None = None) -> Issued:
    """The issued document of a payslip, of this person only where one is named.

    Raises NotVisible while nothing is issued.
    """
    statement = select(
        Payslip.person_id, Payslip.pays_on, Payslip.file_id, Payslip.distraint
    ).where(Payslip.id == payslip_id, Payslip.file_id.is_not(None))
    row = db.session.execute(statement).first()
    if row is None or row.file_id is None or person_id not in (None, row.person_id):
        raise NotVisible
    file = files.get(row.file_id)
    return Issued(row.person_id, row.pays_on, file.content, file.media_type, bool(row.distraint))


def list_own_payslips(person_id: str) -> list[Payslip]:
    """The payslips that were issued to a person, newest first."""
    statement = (
        select(Payslip)
        .where(Payslip.person_id == person_id, Payslip.file_id.is_not(None))
        .order_by(Payslip.pays_on.desc(), Payslip.id)
        .limit(100)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier payment of the same employer to a person, from a run that is approved."""

    person_id: str
    pays_on: date
    gross: Money
    deductions: Money
    net: Money
    reimbursements: Money
    pension_base: Money
    wage: Money
    tax: Money
    pension: Money
    unemployment: Money


_SUMS = (
    Payslip.gross,
    Payslip.deductions,
    Payslip.net,
    Payslip.reimbursements,
    Payslip.pension_base,
    Payslip.wage,
    Payslip.tax,
    Payslip.pension,
    Payslip.unemployment,
)


def earlier_payments(person_ids: set[str], day: date, run_id: str) -> dict[str, list[Earlier]]:
    """What was paid to these people in the calendar year of the day, other runs only; one query.

    A payment that was said anew counts with the difference on the day on which it was paid.
    """
    year = year_of(day)
    statement = (
        select(Payslip.person_id, Payslip.counts_on, *_SUMS)
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .where(
            Payslip.person_id.in_(sorted(person_ids)),
            Payslip.counts_on.between(year.first, year.last),
            PayRun.state.in_(sorted(FROZEN)),
            PayRun.id != run_id,
        )
        .order_by(Payslip.counts_on, Payslip.id)
    )
    found: dict[str, list[Earlier]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row[0], []).append(Earlier(*row))
    return found


def paid_elsewhere(employment_ids: set[str], run: PayRun) -> dict[str, list[Span]]:
    """The days that other runs of the same kind pay, by contract."""
    statement = select(Payslip.employment_id, Payslip.period_first, Payslip.period_last).where(
        Payslip.employment_id.in_(sorted(employment_ids)),
        Payslip.kind == run.kind,
        Payslip.pay_run_id != run.id,
    )
    found: dict[str, list[Span]] = {}
    for employment_id, first, last in db.session.execute(statement):
        found.setdefault(employment_id, []).append(Span(first, last))
    return found
