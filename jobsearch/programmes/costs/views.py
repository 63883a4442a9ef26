"""Pages of costs: the programmes, and the lines behind a programme's cost."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.programmes.costs import queries
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("programme_costs", __name__, url_prefix="/costs")


@blueprint.get("")
@needs(Permission.REPORTS_COST)
def list_programmes() -> ResponseReturnValue:
    """The programmes with what each has cost so far."""
    return render("programme_costs/list_programmes.html", lines=queries.list_programme_costs())


@blueprint.get("/<key:programme_id>")
@needs(Permission.REPORTS_COST)
def list_costs(programme_id: str) -> ResponseReturnValue:
    """The lines of a programme's bookkeeping up to a day."""
    form = AsOfForm.read(request.args)
    shown = queries.show_costs(programme_id, form.day)
    form.show(shown.as_of)
    return render("programme_costs/list_costs.html", shown=shown, form=form)
