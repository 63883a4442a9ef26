"""What a credit transfer file may hold: who is paid what from which account; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.rules import RunState

MOST_NAME = 70  # what banks take of a name (European Payments Council, SCT rulebook)
MOST_REFERENCE = 35


class Edition(StrEnum):
    """Which edition of the ISO 20022 message the bank takes."""

    V09 = "pain.001.001.09"
    V03 = "pain.001.001.03"


READY = frozenset({RunState.APPROVED, RunState.PAID, RunState.REPORTED})


@dataclass(frozen=True, slots=True)
class Payer:
    """The employer as its bank knows it; `customer_id` and `bic` only where the bank asks."""

    name: str
    account: str
    bic: str = ""
    customer_id: str = ""
    edition: Edition = Edition.V09


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer to one account; `remittance` is the payee's own reference, if it has one."""

    reference: str
    name: str
    account: str
    amount: Money
    words: str
    remittance: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A file of transfers that the bank makes on one day: pay, and what is passed on of it."""

    message_id: str
    made_at: datetime
    pays_on: date
    payer: Payer
    payments: Sequence[Payment]
    passed_on: Sequence[Payment] = ()

    @property
    def total(self) -> Money:
        """What leaves the employer's account."""
        return Money.total(one.amount for one in (*self.payments, *self.passed_on))


def check_ready(state: RunState) -> None:
    """Refuse a file of a run that nobody has approved."""
    if state not in READY:
        raise RuleBroken(N_("The bank’s file is made of a pay run that is approved."))


def check_accounts(nameless: Iterable[str]) -> None:
    """Refuse a file while somebody's account is missing; her name is said."""
    names = ", ".join(nameless)
    if names:
        raise RuleBroken(
            N_("The bank account is missing of: %(names)s. Ask for it, then make the file."),
            names=names,
        )


def check_sum(transfer: Transfer, to_accounts: Money) -> None:
    """Refuse a file that pays another sum than the payslips say, or pays nobody."""
    if not (transfer.payments or transfer.passed_on):
        raise RuleBroken(N_("Nothing of this pay run is paid to an account."))
    if transfer.total != to_accounts:
        raise RuleBroken(
            N_("The file would pay %(file)s, the payslips say %(slips)s. Nothing was made."),
            file=transfer.total,
            slips=to_accounts,
        )
