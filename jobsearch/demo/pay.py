"""The pay of the group that has ended, approved and paid, and a correction that is asked for."""

from datetime import date, timedelta

from sqlalchemy import select

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import next_banking_day
from jobsearch.demo.told import introduce_employer, tell_of
from jobsearch.payroll.pay.corrections.rules import RightFigures
from jobsearch.payroll.pay.corrections.service import correct_payslip
from jobsearch.payroll.pay.dates.service import choose_pay_date
from jobsearch.payroll.pay.distraint.queries import list_distraints
from jobsearch.payroll.pay.distraint.rules import DistraintTerms
from jobsearch.payroll.pay.distraint.service import enter_distraint
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.queries import list_payslips
from jobsearch.payroll.pay.rules import FROZEN, RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    mark_paid,
    review_pay_run,
)

AFTER_THE_LAST_DAY = timedelta(days=7)  # contracts say ten at the most
_HALF_AN_HOUR = 30
_WHY = "Viimeisestä aamusta jäi puoli tuntia merkitsemättä."
A_WEEK = timedelta(days=7)
_BAN = DistraintTerms(Money.of("45.00"), "Ulosottolaitos (demo)", "FI2112345600000785", "1232")


def pay(clerk: Actor, manager: Actor, cohort: Cohort, today: date) -> None:
    """A pay run with its payslips; where rates of the day are missing it stays a draft."""
    day = cohort.ends_on + AFTER_THE_LAST_DAY
    closed = {**holidays_of(day.year), **holidays_of(day.year + 1)}
    introduce_employer(clerk)
    later = next_banking_day(day + A_WEEK, closed)
    run = make_pay_run(clerk, RunKind.WAGES, later, cohort.id)
    # the clerk had meant a week later, and compared the days
    run = choose_pay_date(clerk, run.id, next_banking_day(day, closed), run.version)
    try:
        run = compute_pay_run(run.id, run.version)
    except RuleBroken:
        return  # its page says which figure is missing
    _take_distraint(clerk, run.id)
    run = review_pay_run(run.id, run.version, clerk)
    run = approve_pay_run(run.id, run.version, manager)
    if run.pays_on <= today:
        tell_of(clerk, mark_paid(run.id, run.version), today)


def _take_distraint(clerk: Actor, run_id: str) -> None:
    """A payment ban of one person, the last by name."""
    *_others, last = list_distraints(run_id).lines
    enter_distraint(clerk, run_id, last.employment_id, _BAN, 0)


def correct(clerk: Actor, cohort: Cohort, today: date) -> None:
    """Half an hour more for the first of the group, computed and not approved yet.

    Nothing where the pay of the group is not approved, or rates of the next days are missing.
    """
    run = db.session.scalar(
        select(PayRun).where(PayRun.cohort_id == cohort.id, PayRun.kind == RunKind.WAGES)
    )
    if run is None or run.state not in FROZEN:
        return
    slip = list_payslips(run.id)[0]
    closed = {**holidays_of(today.year), **holidays_of(today.year + 1)}
    day = next_banking_day(max(today, run.pays_on) + timedelta(days=2), closed)
    right = RightFigures(minutes=slip.paid_minutes + _HALF_AN_HOUR)
    correction = correct_payslip(clerk, slip.id, day, _WHY, right)
    try:
        compute_pay_run(correction.id, correction.version)
    except RuleBroken:
        return  # its page says which figure is missing
