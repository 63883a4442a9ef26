"""Pages of distraint, the clerk's alone: who has a payment ban in a run, and what it takes."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.payroll.pay.distraint import queries, service
from jobsearch.payroll.pay.distraint.forms import DistraintForm
from jobsearch.payroll.pay.rules import FROZEN
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, reads_each, render, render_invalid, see_other

blueprint = Blueprint("payroll_distraint", __name__)
_AT = "/pay-runs/<key:run_id>/distraint"
_ONE = _AT + "/<key:employment_id>"


@blueprint.get(_AT)
@needs(Permission.PAYROLL_WRITE)
def list_distraints(run_id: str) -> ResponseReturnValue:
    """Everyone whom the run pays, and what is taken from whom."""
    shown = queries.list_distraints(run_id)
    reads_each((line.person_id for line in shown.lines), Look.DISTRAINT)
    return render("payroll_distraint/list_distraints.html", shown=shown, frozen=FROZEN)


@blueprint.get(_ONE)
@needs(Permission.PAYROLL_WRITE)
def edit_distraint(run_id: str, employment_id: str) -> ResponseReturnValue:
    """What is taken from one person's pay; a new one begins with her last payee."""
    shown = queries.get_contract_in_run(run_id, employment_id)
    latest = queries.find_latest_distraint(shown.employment.person_id)
    form = DistraintForm(formdata=None, obj=shown.distraint or latest)
    if shown.distraint is None:
        form.version.data, form.amount.data = "0", None
    return render("payroll_distraint/edit_distraint.html", **_page(shown, form))


def _page(shown: queries.ContractInRun, form: DistraintForm) -> dict[str, Any]:
    reads(shown.employment.person_id, Look.DISTRAINT)
    return {"shown": shown, "form": form, "frozen": FROZEN}


@blueprint.post(_ONE)
@needs(Permission.PAYROLL_WRITE, fresh=True)
def keep_distraint(run_id: str, employment_id: str) -> ResponseReturnValue:
    """Keep it, by a sign-in proven just now: money goes to an account of its own."""
    form, shown = DistraintForm(), queries.get_contract_in_run(run_id, employment_id)
    keys = (current_actor(), run_id, employment_id)
    if not form.attempt(lambda: service.enter_distraint(*keys, form.terms(), form.seen())):
        return render_invalid("payroll_distraint/edit_distraint.html", **_page(shown, form))
    flash(_("The distraint is saved. The pay run counts with it."))
    return see_other("payroll_distraint.list_distraints", run_id=run_id)


@blueprint.post(_ONE + "/remove")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def remove_distraint(run_id: str, employment_id: str) -> ResponseReturnValue:
    """Take nothing after all."""
    form, shown = DistraintForm(), queries.get_contract_in_run(run_id, employment_id)
    service.remove_distraint(run_id, employment_id, form.seen())
    flash(_("Nothing is taken from the pay of %(name)s.", name=shown.employment.person.full_name))
    return see_other("payroll_distraint.list_distraints", run_id=run_id)
