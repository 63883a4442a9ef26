"""Pages of comparators, and a programme beside them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.costs.comparators import queries, service
from jobsearch.costs.comparators.forms import ComparatorForm
from jobsearch.costs.forms import SeenForm
from jobsearch.costs.wording import say_figure
from jobsearch.programmes.queries import list_programme_names
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("comparators", __name__)


@blueprint.get("/comparators")
@needs(Permission.REPORTS_COST)
def list_comparators() -> ResponseReturnValue:
    """Every figure of another service that is in use."""
    rows = queries.list_comparators()
    names = dict(list_programme_names())
    return render("comparators/list_comparators.html", rows=rows, names=names)


def _form() -> ComparatorForm:
    return ComparatorForm().offer(list_programme_names())


@blueprint.get("/comparators/new")
@needs(Permission.COSTS_WRITE)
def new_comparator() -> ResponseReturnValue:
    """A figure to enter."""
    return render("comparators/new_comparator.html", form=_form())


@blueprint.post("/comparators/new")
@needs(Permission.COSTS_WRITE)
def enter_comparator() -> ResponseReturnValue:
    """Keep a figure."""
    form, actor = _form(), current_actor()
    of = form.programme_id.data or None
    if not form.attempt(lambda: service.enter_comparator(actor, form.figure(), of)):
        return render_invalid("comparators/new_comparator.html", form=form)
    flash(_("The comparator is in use."))
    return see_other("comparators.list_comparators")


@blueprint.post("/comparators/<key:comparator_id>/end")
@needs(Permission.COSTS_WRITE)
def end_comparator(comparator_id: str) -> ResponseReturnValue:
    """Take a figure out of use."""
    service.end_comparator(current_actor(), comparator_id, SeenForm().seen())
    flash(_("The comparator is not used any more."))
    return see_other("comparators.list_comparators")


@blueprint.get("/costs/<key:programme_id>/compared")
@needs(Permission.REPORTS_COST)
def compare_programme(programme_id: str) -> ResponseReturnValue:
    """A programme's cost beside other services, each with its caveat."""
    form = AsOfForm.read(request.args)
    shown = queries.compare_programme(programme_id, form.day)
    form.show(shown.as_of)
    return render("comparators/compare_programme.html", shown=shown, form=form, say=say_figure)
