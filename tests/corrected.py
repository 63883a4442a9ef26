"""One person's pay of the cast: paid, corrected, and told to the Incomes Register."""

from datetime import date

from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.pay.corrections.rules import RightFigures
from jobsearch.payroll.pay.corrections.service import correct_payslip
from jobsearch.payroll.pay.models import Payslip
from jobsearch.payroll.pay.queries import get_run, list_payslips
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    mark_paid,
    review_pay_run,
)
from tests.paid import PAYS_ON, prepare

LATER = date(2026, 12, 18)
REASON = "Two hours of the last day were left out"


def pay(world, as_) -> str:
    """Pia's wages, approved and paid; the key of the payslip."""
    with as_(world.aino):
        prepare(world.a, "pia")
        db.session.get_one(Organisation, world.a.organisation_id).business_id = "1234567-1"
    with as_(world.paula):
        run_id = make_pay_run(world.paula.actor, RunKind.WAGES, PAYS_ON, world.a.cohort_ids[0]).id
    return pay_run(world, as_, run_id).id


def pay_run(world, as_, run_id: str) -> Payslip:
    """Compute, review, approve and pay a run of one payslip."""
    compute(world, as_, run_id)
    with as_(world.paula):
        run = get_run(run_id)
        review_pay_run(run.id, run.version, world.paula.actor)
    with as_(world.aino):
        run = get_run(run_id)
        approve_pay_run(run.id, run.version, world.aino.actor)
    with as_(world.paula):
        mark_paid(run_id, get_run(run_id).version)
        (slip,) = list_payslips(run_id)
        return slip


def compute(world, as_, run_id: str) -> None:
    """Compute a run as the clerk."""
    with as_(world.paula):
        compute_pay_run(run_id, get_run(run_id).version)


def ask(world, as_, payslip_id: str, on: date = LATER, **right: int | Money) -> str:
    """Ask for a correction; the key of its run."""
    with as_(world.paula):
        figures = RightFigures(**right)  # type: ignore[arg-type]
        return correct_payslip(world.paula.actor, payslip_id, on, REASON, figures).id


def correct(world, as_, payslip_id: str, on: date = LATER, **right: int | Money) -> Payslip:
    """Correct a payslip, and pay the correction."""
    return pay_run(world, as_, ask(world, as_, payslip_id, on, **right))
