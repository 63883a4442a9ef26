"""Pages of costs: the programmes, and a programme's ledger."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.costs import queries, service
from jobsearch.costs.exports import ledger_file
from jobsearch.costs.forms import CostForm, SeenForm
from jobsearch.costs.wording import KIND_NAMES
from jobsearch.programmes.queries import get_programme
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("costs", __name__, url_prefix="/costs")


@blueprint.get("")
@needs(Permission.REPORTS_COST)
def list_programmes() -> ResponseReturnValue:
    """The programmes with what each has cost so far."""
    return render("costs/list_programmes.html", lines=queries.list_programme_costs())


@blueprint.get("/<key:programme_id>")
@needs(Permission.REPORTS_COST)
def show_ledger(programme_id: str) -> ResponseReturnValue:
    """What a programme had cost by a day, with the lines behind it."""
    form = AsOfForm.read(request.args)
    page = page_number()
    shown = queries.show_ledger(programme_id, form.day, page)
    form.show(shown.as_of)
    return render("costs/show_ledger.html", shown=shown, form=form, page=page, kinds=KIND_NAMES)


@blueprint.get("/<key:programme_id>/ledger.csv", defaults={"ending": "csv"})
@blueprint.get("/<key:programme_id>/ledger.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.REPORTS_COST)
@heavy
def download_ledger(programme_id: str, ending: str) -> ResponseReturnValue:
    """Every line of a programme's cost on a day, as a file."""
    shown = queries.load_ledger(programme_id, AsOfForm.read(request.args).day)
    return ledger_file(shown, ending, current_actor())


def _page(programme_id: str, form: CostForm) -> dict[str, Any]:
    return {"programme": get_programme(programme_id), "form": form}


def _form(programme_id: str) -> CostForm:
    return CostForm().offer(queries.list_cohort_names(programme_id))


@blueprint.get("/<key:programme_id>/new")
@needs(Permission.COSTS_WRITE)
def new_cost(programme_id: str) -> ResponseReturnValue:
    """A line to book."""
    return render("costs/new_cost.html", **_page(programme_id, _form(programme_id)))


@blueprint.post("/<key:programme_id>/new")
@needs(Permission.COSTS_WRITE)
def book_cost(programme_id: str) -> ResponseReturnValue:
    """Book a line."""
    form, actor = _form(programme_id), current_actor()
    if not form.attempt(lambda: service.book_cost(actor, programme_id, form.line())):
        return render_invalid("costs/new_cost.html", **_page(programme_id, form))
    flash(_("Booked."))
    return see_other("costs.show_ledger", programme_id=programme_id)


@blueprint.post("/lines/<key:cost_id>/remove")
@needs(Permission.COSTS_WRITE)
def remove_cost(cost_id: str) -> ResponseReturnValue:
    """Take a line out of the sums."""
    row = service.remove_cost(current_actor(), cost_id, SeenForm().seen())
    flash(_("The line is out of the sums. The trail keeps who took it out."))
    return see_other("costs.show_ledger", programme_id=row.programme_id)
