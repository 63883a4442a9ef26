"""Pages of feedback: how the scores spread, never a single reply."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.feedback import queries
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("feedback", __name__, url_prefix="/feedback")


@blueprint.get("/<key:programme_id>")
@needs(Permission.REPORTS_READ)
def show_answers(programme_id: str) -> ResponseReturnValue:
    """How many gave each score to each question, from five replies on."""
    form = AsOfForm.read(request.args)
    shown = queries.show_answers(programme_id, form.day)
    form.show(shown.as_of)
    return render("feedback/show_answers.html", shown=shown, form=form)
