"""What is asked of distraint."""

from dataclasses import dataclass

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.queries import get_employment
from jobsearch.payroll.contracts.rules import mask_account
from jobsearch.payroll.pay.distraint.models import Distraint
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.worked import contracts_of


def amounts_by_contract(run_id: str) -> dict[str, Money]:
    """What a run takes by contract, as the clerk entered it; one query."""
    statement = select(Distraint.employment_id, Distraint.amount).where(
        Distraint.pay_run_id == run_id
    )
    return {row.employment_id: row.amount for row in db.session.execute(statement)}


def find_distraint(run_id: str, employment_id: str) -> Distraint | None:
    """What a run takes from a contract, or None."""
    statement = select(Distraint).where(
        Distraint.pay_run_id == run_id, Distraint.employment_id == employment_id
    )
    return db.session.scalar(statement)


def find_latest_distraint(person_id: str) -> Distraint | None:
    """The last one of a person's, whose payee and reference a new one begins with."""
    statement = (
        select(Distraint)
        .where(Distraint.person_id == person_id)
        .order_by(Distraint.entered_at.desc(), Distraint.id)
        .limit(1)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class ContractInRun:
    """One contract of a run and what is taken from it; `taken` is None until it is computed."""

    run: PayRun
    employment: Employment
    distraint: Distraint | None
    taken: Money | None


def get_contract_in_run(run_id: str, employment_id: str) -> ContractInRun:
    """One contract of a run. Raises NotVisible for a contract that the run does not pay."""
    run = get_run(run_id)
    employment = get_employment(employment_id)
    if employment.id not in {row.id for row in contracts_of(run)}:
        raise NotVisible
    taken = select(Payslip.distraint).where(
        Payslip.pay_run_id == run_id, Payslip.employment_id == employment_id
    )
    found = find_distraint(run_id, employment_id)
    return ContractInRun(run, employment, found, db.session.scalar(taken))


@dataclass(frozen=True, slots=True)
class DistraintLine:
    """A contract of a run in the clerk's list; `asked` and `taken` are None without a ban."""

    employment_id: str
    person_id: str
    name: str
    asked: Money | None
    taken: Money | None


@dataclass(frozen=True, slots=True)
class RunDistraints:
    """A run with the people whom it pays and what is taken from them."""

    run: PayRun
    lines: tuple[DistraintLine, ...]


def list_distraints(run_id: str) -> RunDistraints:
    """Everyone whom a run pays, by name, with what is taken. Raises NotVisible."""
    run = get_run(run_id)
    asked = amounts_by_contract(run_id)
    slips = select(Payslip.employment_id, Payslip.distraint).where(Payslip.pay_run_id == run_id)
    taken = {row.employment_id: row.distraint for row in db.session.execute(slips)}
    lines = tuple(
        DistraintLine(
            row.id,
            row.person_id,
            row.person.full_name,
            asked.get(row.id),
            taken.get(row.id) if asked else None,
        )
        for row in contracts_of(run)
    )
    return RunDistraints(run, lines)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is passed on to an authority after a run."""

    distraint_id: str
    authority: str
    account: str
    reference: str
    amount: Money

    @property
    def masked(self) -> str:
        """The account as it may be shown."""
        return mask_account(self.account)


def list_owed(run_id: str) -> list[Owed]:
    """What a run's payslips took, with where it goes, in their order."""
    statement = (
        select(
            Distraint.id,
            Distraint.authority,
            Distraint.account,
            Distraint.reference,
            Payslip.distraint,
        )
        .join(Payslip, Payslip.employment_id == Distraint.employment_id)
        .where(
            Distraint.pay_run_id == run_id,
            Payslip.pay_run_id == run_id,
            Payslip.distraint > Money.zero(),
        )
        .order_by(Payslip.position, Payslip.id)
    )
    return [Owed(*row) for row in db.session.execute(statement)]
