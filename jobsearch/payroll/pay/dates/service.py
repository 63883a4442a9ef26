"""Use case of days of payment: choose another one for a run that is not approved."""

from datetime import date

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.payroll.pay.dates.models import PayDateChoice
from jobsearch.payroll.pay.dates.queries import get_wage_run
from jobsearch.payroll.pay.dates.rules import check_after_work_began, check_changeable
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunState, check_pay_date
from jobsearch.payroll.pay.service import compute_pay_run
from jobsearch.rates.yearly.service import check_year_open


def choose_pay_date(actor: Actor, run_id: str, pays_on: date, version: int) -> PayRun:
    """Pay a run of wages on another day; a computed one is computed again by that day's rates.

    Who chose it and when is kept. RuleBroken when banks are closed, the run is approved or the
    year closed, or a rate of the day is missing; Conflict when somebody else changed the run;
    NotVisible for a run of something else.
    """
    run = get_wage_run(run_id)
    if run.version != version:
        raise Conflict
    check_changeable(run.state)
    check_pay_date(pays_on, {**holidays_of(pays_on.year), **holidays_of(pays_on.year + 1)})
    check_year_open(run.organisation_id, pays_on)
    check_after_work_began(run.period, pays_on)
    if pays_on == run.pays_on:
        raise RuleBroken(N_("The pay run pays on this day already."), field="pays_on")
    choice = PayDateChoice(
        organisation_id=run.organisation_id,
        pay_run_id=run.id,
        pays_on=pays_on,
        instead_of=run.pays_on,
        chosen_by_id=actor.account_id,
        chosen_at=now(),
    )
    db.session.add(choice)
    run.pays_on = pays_on
    db.session.flush()
    return run if run.state is RunState.DRAFT else compute_pay_run(run.id, run.version)
