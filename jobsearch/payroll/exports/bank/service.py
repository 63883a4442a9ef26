"""Use cases of the bank: keep the employer's account, make the file of a run once."""

from jobsearch.core import files
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.text import mark as N_
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.exports.bank import queries
from jobsearch.payroll.exports.bank.message import transfer_xml
from jobsearch.payroll.exports.bank.models import BankFile, PayerAccount
from jobsearch.payroll.exports.bank.rules import (
    Edition,
    Payment,
    Transfer,
    check_accounts,
    check_ready,
    check_sum,
)
from jobsearch.payroll.pay.distraint.queries import list_owed
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import check_paid_here
from jobsearch.payroll.pay.wording import word

_PAY = N_("Pay")
_DISTRAINT = N_("Distraint")


def keep_payer_account(
    actor: Actor, account: str, bic: str, customer_id: str, edition: Edition, version: int
) -> PayerAccount:
    """Keep the account that the employer pays from; `version` as it was seen, 0 for none.

    Raises Conflict when somebody else changed it first.
    """
    row = queries.find_payer_account(actor.organisation_id)
    if (row.version if row else 0) != version:
        raise Conflict
    if row is None:
        row = PayerAccount(id=actor.organisation_id, organisation_id=actor.organisation_id)
        db.session.add(row)
    row.account, row.bic, row.customer_id, row.edition = account, bic, customer_id, edition
    db.session.flush()
    return row


def make_bank_file(actor: Actor, run_id: str) -> BankFile:
    """Make the credit transfer file of an approved run; a file that is there is given again.

    RuleBroken while the run is not approved, the employer's account or somebody's is missing, or
    the sums differ. Raises NotVisible.
    """
    run = get_run(run_id)
    there = queries.find_bank_file(run_id)
    if there is not None:
        return there
    check_ready(run.state)
    check_paid_here(run.paid_by)
    transfer, to_accounts = _transfer(run)
    check_sum(transfer, to_accounts)
    stored = files.put(transfer_xml(transfer), "application/xml")
    file = BankFile(
        organisation_id=run.organisation_id,
        pay_run_id=run.id,
        file_id=stored.id,
        sha256=stored.sha256,
        message_id=transfer.message_id,
        edition=transfer.payer.edition,
        payments=len(transfer.payments) + len(transfer.passed_on),
        total=transfer.total,
        made_at=transfer.made_at,
        made_by_id=actor.account_id,
    )
    db.session.add(file)
    db.session.flush()
    return file


def _transfer(run: PayRun) -> tuple[Transfer, Money]:
    payer = queries.find_payer_account(run.organisation_id)
    if payer is None:
        raise RuleBroken(N_("Enter first which account the employer pays from."))
    due = queries.list_due(run.id)
    check_accounts(one.name for one in due if not one.account)
    organisation = db.session.get_one(Organisation, run.organisation_id)
    words = f"{word(_PAY, organisation.language)} {run.pays_on:%d.%m.%Y}"
    payments = [
        Payment(one.payslip_id, one.name, one.account or "", one.amount, words) for one in due
    ]
    owed = list_owed(run.id)
    passed_on = [
        Payment(
            one.distraint_id,
            one.authority,
            one.account,
            one.amount,
            word(_DISTRAINT, organisation.language),
            one.reference,
        )
        for one in owed
    ]
    whom, at = payer.as_payer(organisation.name), now().replace(microsecond=0)
    transfer = Transfer(run.id, at, run.pays_on, whom, payments, passed_on)
    return transfer, Money.total([*(one.amount for one in due), *(one.amount for one in owed)])
