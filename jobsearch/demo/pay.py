"""The pay of the group that has ended: made by the clerk, approved by the manager, paid."""

from datetime import date, timedelta

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.errors import RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import next_banking_day
from jobsearch.payroll.pay.dates.service import choose_pay_date
from jobsearch.payroll.pay.distraint.queries import list_distraints
from jobsearch.payroll.pay.distraint.rules import DistraintTerms
from jobsearch.payroll.pay.distraint.service import enter_distraint
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    mark_paid,
    review_pay_run,
)

AFTER_THE_LAST_DAY = timedelta(days=12)
A_WEEK = timedelta(days=7)
_BAN = DistraintTerms(Money.of("45.00"), "Ulosottolaitos (demo)", "FI2112345600000785", "1232")


def pay(clerk: Actor, manager: Actor, cohort: Cohort, today: date) -> None:
    """A pay run with its payslips; where rates of the day are missing it stays a draft."""
    day = cohort.ends_on + AFTER_THE_LAST_DAY
    closed = {**holidays_of(day.year), **holidays_of(day.year + 1)}
    later = next_banking_day(day + A_WEEK, closed)
    run = make_pay_run(clerk, RunKind.WAGES, later, cohort.id)
    # the clerk compared the days: this one keeps all wages in the month that counts most
    run = choose_pay_date(clerk, run.id, next_banking_day(day, closed), run.version)
    try:
        run = compute_pay_run(run.id, run.version)
    except RuleBroken:
        return  # its page says which figure is missing
    _take_distraint(clerk, run.id)
    run = review_pay_run(run.id, run.version, clerk)
    run = approve_pay_run(run.id, run.version, manager)
    if run.pays_on <= today:
        mark_paid(run.id, run.version)


def _take_distraint(clerk: Actor, run_id: str) -> None:
    """A payment ban of one person, the last by name."""
    *_others, last = list_distraints(run_id).lines
    enter_distraint(clerk, run_id, last.employment_id, _BAN, 0)
