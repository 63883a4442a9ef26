"""The page of closures."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.cohorts.closures import queries, service
from jobsearch.cohorts.closures.forms import ClosureForm
from jobsearch.core.access import Permission
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("closures", __name__, url_prefix="/closures")


@blueprint.get("")
@needs(Permission.COHORTS_WRITE)
def list_closures() -> ResponseReturnValue:
    """The days on which the provider is closed."""
    found = queries.list_closures()
    return render("cohort_closures/list_closures.html", closures=found, form=ClosureForm())


@blueprint.post("")
@needs(Permission.COHORTS_WRITE)
def close_days() -> ResponseReturnValue:
    """Close some days."""
    form = ClosureForm()
    what = form.name.data, form.first.data, form.last.data
    if not form.attempt(service.close_days, current_actor(), *what):
        found = queries.list_closures()
        return render_invalid("cohort_closures/list_closures.html", closures=found, form=form)
    flash(_("Closed days: %(count)d. Groups that exist keep their days.", count=form.result))
    return see_other("closures.list_closures")


@blueprint.post("/<key:closure_id>/open")
@needs(Permission.COHORTS_WRITE)
def open_day(closure_id: str) -> ResponseReturnValue:
    """Open a day again."""
    service.open_day(closure_id)
    flash(_("The day is open again."))
    return see_other("closures.list_closures")
