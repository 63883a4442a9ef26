"""What the demo's employer has told its bank and the Incomes Register."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.payroll.exports.bank.rules import Edition
from jobsearch.payroll.exports.bank.service import keep_payer_account, make_bank_file
from jobsearch.payroll.exports.register.rules import Sender
from jobsearch.payroll.exports.register.service import (
    keep_settings,
    make_summary,
    make_wage_reports,
    mark_delivered,
)
from jobsearch.payroll.pay.models import PayRun

_ACCOUNT = "FI4950009420028730"  # an example of the Finnish banks' own guides


def introduce_employer(clerk: Actor) -> None:
    """From which account it pays, and how it reports; its files for the register are tests."""
    keep_payer_account(clerk, _ACCOUNT, "", "", Edition.V09, 0)
    sender = Sender(
        business_id="",
        contact=clerk.name,
        phone="+358400000390",
        email="palkat@example.org",
        pension_provider=54,
        pension_policy="54-1234567A",
        profession="41100",
    )
    keep_settings(clerk, sender, 0)


def tell_of(clerk: Actor, run: PayRun, today: date) -> None:
    """The bank has the run's file, the register has its wages and the report of a month over."""
    make_bank_file(clerk, run.id)
    for delivery in make_wage_reports(clerk, run.id):
        mark_delivered(delivery.id, delivery.version)
    if (run.pays_on.year, run.pays_on.month) < (today.year, today.month):
        summary = make_summary(clerk, run.pays_on.replace(day=1))
        mark_delivered(summary.id, summary.version)
