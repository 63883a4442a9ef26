"""The pay of the group that has ended: made by the clerk, approved by the manager, paid."""

from datetime import date, timedelta

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import next_banking_day
from jobsearch.demo.told import introduce_employer, tell_of
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    mark_paid,
    review_pay_run,
)

AFTER_THE_LAST_DAY = timedelta(days=12)


def pay(clerk: Actor, manager: Actor, cohort: Cohort, today: date) -> None:
    """A pay run with its payslips; where rates of the day are missing it stays a draft."""
    day = cohort.ends_on + AFTER_THE_LAST_DAY
    closed = {**holidays_of(day.year), **holidays_of(day.year + 1)}
    introduce_employer(clerk)
    run = make_pay_run(clerk, RunKind.WAGES, next_banking_day(day, closed), cohort.id)
    try:
        run = compute_pay_run(run.id, run.version)
    except RuleBroken:
        return  # its page says which figure is missing
    run = review_pay_run(run.id, run.version, clerk)
    run = approve_pay_run(run.id, run.version, manager)
    if run.pays_on <= today:
        tell_of(clerk, mark_paid(run.id, run.version), today)
