"""Pages of runs that pay bonuses alone."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.payroll.pay.bonuses import queries, service
from jobsearch.payroll.pay.bonuses.forms import BonusRunForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import render, render_invalid, see_other

blueprint = Blueprint("payroll_bonus_runs", __name__)


@blueprint.get("/pay-runs/bonuses")
@needs(Permission.PAYROLL_WRITE)
def new_run() -> ResponseReturnValue:
    """Ask when the approved bonuses are paid."""
    waiting = queries.bonuses_to_pay()
    return render("payroll_bonus/new_run.html", form=BonusRunForm(), waiting=waiting)


@blueprint.post("/pay-runs/bonuses")
@needs(Permission.PAYROLL_WRITE)
def make_run() -> ResponseReturnValue:
    """Open the run as a draft."""
    form = BonusRunForm()
    if not form.attempt(service.make_bonus_run, current_actor(), form.pays_on.data):
        waiting = queries.bonuses_to_pay()
        return render_invalid("payroll_bonus/new_run.html", form=form, waiting=waiting)
    return see_other("payroll_pay.show_run", run_id=form.result.id)
