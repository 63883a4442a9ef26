"""Use case: open a run that pays the approved bonuses alone."""

from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.bonuses import queries
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import make_pay_run


def make_bonus_run(actor: Actor, pays_on: date) -> PayRun:
    """Open a run of every approved bonus that is in no run yet.

    RuleBroken when there is none, or when banks are closed on the day.
    """
    if not queries.bonuses_to_pay().bonuses:
        raise RuleBroken(N_("No approved bonus waits to be paid."))
    return make_pay_run(actor, RunKind.BONUS, pays_on, None)
