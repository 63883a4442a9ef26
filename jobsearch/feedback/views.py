"""Pages of feedback: how the scores spread, never a single reply."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.feedback.forms import AnswersForm
from jobsearch.feedback.results.queries import show_answers as answers_page
from jobsearch.feedback.rules import FEWEST_SHOWN
from jobsearch.web.filters import current_language
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("feedback", __name__, url_prefix="/feedback")


@blueprint.get("/<key:programme_id>")
@needs(Permission.REPORTS_READ)
def show_answers(programme_id: str) -> ResponseReturnValue:
    """How many gave each score to each question, from five replies on."""
    form = AnswersForm.read(request.args)
    shown = answers_page(programme_id, form.day, form.wanted(), form.cohort.data or None)
    form.show(shown.as_of)
    form.offer(shown.cohorts, shown.cohort_id)
    said = {"fewest": FEWEST_SHOWN, "language": current_language()}
    return render("feedback/show_answers.html", shown=shown, form=form, **said)
