"""Page of the pay runs behind a programme's wages."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.costs.pay import queries
from jobsearch.payroll.pay.rules import STATE_NAMES
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.gate import needs
from jobsearch.web.pages import page_number, render

blueprint = Blueprint("costs_pay", __name__, url_prefix="/costs")


@blueprint.get("/<key:programme_id>/pay")
@needs(Permission.PAYROLL_READ)
def show_runs(programme_id: str) -> ResponseReturnValue:
    """The runs whose payslips are in a programme's cost, and those that are not paid yet."""
    form = AsOfForm.read(request.args)
    page = page_number()
    shown = queries.show_runs(programme_id, form.day, page)
    form.show(shown.as_of)
    return render("costs/show_runs.html", shown=shown, form=form, page=page, states=STATE_NAMES)
