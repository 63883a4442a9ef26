"""What is asked of the bank's files."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jobsearch.core.db import db
from jobsearch.core.files import get as get_file
from jobsearch.core.money import Money
from jobsearch.payroll.contracts.rules import mask_account
from jobsearch.payroll.exports.bank.models import BankFile, PayerAccount
from jobsearch.payroll.pay.distraint.queries import Owed, list_owed
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.people.models import Person


@dataclass(frozen=True, slots=True)
class Due:
    """What one payslip pays to whom; `account` as it was approved, else as it is known now."""

    payslip_id: str
    name: str
    account: str | None
    amount: Money

    @property
    def masked(self) -> str:
        """The account without what identifies it; empty where it is missing."""
        return mask_account(self.account) if self.account else ""


def list_due(run_id: str) -> list[Due]:
    """What a run pays to accounts, in the order of its payslips; nobody who is paid nothing."""
    statement = (
        select(
            Payslip.id,
            Payslip.employee_name,
            Payslip.account,
            Person.bank_account,
            Payslip.to_account,
        )
        .join(Person, Person.id == Payslip.person_id)
        .where(Payslip.pay_run_id == run_id, Payslip.to_account > Money.zero())
        .order_by(Payslip.position, Payslip.id)
    )
    rows = db.session.execute(statement)
    return [Due(key, name, kept or known, amount) for key, name, kept, known, amount in rows]


def find_payer_account(organisation_id: str) -> PayerAccount | None:
    """The account that the employer pays from, or None."""
    statement = select(PayerAccount).where(PayerAccount.id == organisation_id)
    return db.session.scalar(statement)


def find_bank_file(run_id: str) -> BankFile | None:
    """The file of a run with who made it, or None."""
    statement = (
        select(BankFile).options(joinedload(BankFile.made_by)).where(BankFile.pay_run_id == run_id)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class RunAtBank:
    """A run beside its file: what is due, and whether the employer's account is known."""

    run: PayRun
    file: BankFile | None
    due: Sequence[Due]
    owed: Sequence[Owed]
    has_account: bool

    @property
    def total(self) -> Money:
        """What leaves the employer's account."""
        return self.passed_on + Money.total(one.amount for one in self.due)

    @property
    def passed_on(self) -> Money:
        """What goes to the enforcement authority in all."""
        return Money.total(one.amount for one in self.owed)

    @property
    def without_account(self) -> list[str]:
        """Who cannot be paid yet."""
        return [one.name for one in self.due if not one.account]


def show_run_at_bank(run_id: str) -> RunAtBank:
    """A run beside its file. Raises NotVisible."""
    run = get_run(run_id)
    payer = find_payer_account(run.organisation_id)
    due, owed = list_due(run_id), list_owed(run_id)
    return RunAtBank(run, find_bank_file(run_id), due, owed, payer is not None)


def content_of(file: BankFile) -> bytes:
    """The bytes of a file, checked against their digest."""
    return bytes(get_file(file.file_id).content)
