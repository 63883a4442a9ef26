"""The page of the way from introduction to work."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.reports.path import queries
from jobsearch.reports.path.forms import PathForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import render

blueprint = Blueprint("reports_path", __name__, url_prefix="/reports")


@blueprint.get("/<key:programme_id>/path")
@needs(Permission.REPORTS_READ)
def show_path(programme_id: str) -> ResponseReturnValue:
    """How many came how far, by where they come from, and how much those who started did."""
    form = PathForm.read(request.args)
    coach_id = own_cohorts_of(current_actor())
    shown = queries.show_path(programme_id, form.day, form.chosen(), coach_id)
    form.show(shown.as_of)
    return render(
        "reports_path/show_path.html", shown=shown, form=form, own_only=coach_id is not None
    )
