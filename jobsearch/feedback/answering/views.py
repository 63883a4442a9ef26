"""The page of a survey's link: the questions, and thanks."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.feedback.answering import queries, service
from jobsearch.feedback.answering.forms import ReplyForm
from jobsearch.feedback.rules import FEWEST_SHOWN, HIGHEST, LONGEST_WORDS, LOWEST
from jobsearch.feedback.surveys.mail import PURPOSE
from jobsearch.web.filters import current_language
from jobsearch.web.gate import by_link, current_link
from jobsearch.web.limits import at_most
from jobsearch.web.pages import render, render_invalid, see_other

blueprint = Blueprint("surveys_answering", __name__)
_TRIES = "40 per 10 minutes"


@blueprint.get("/survey/<link_secret>")
@by_link(PURPOSE)
def show(link_secret: str) -> ResponseReturnValue:
    """The questions, or thanks; opening the link changes nothing."""
    return render("surveys_answering/show.html", **_page(link_secret, ReplyForm(formdata=None)))


def _page(link_secret: str, form: ReplyForm) -> dict[str, Any]:
    opened = queries.open_survey(current_link().subject_id)
    if opened is not None:
        form.about(opened.own_words(current_language()))
    return {
        "opened": opened,
        "form": form,
        "secret": link_secret,
        "scale": range(LOWEST, HIGHEST + 1),
        "fewest": FEWEST_SHOWN,
        "longest": LONGEST_WORDS,
        "language": current_language(),
    }


@blueprint.post("/survey/<link_secret>")
@by_link(PURPOSE)
@at_most(_TRIES)
def answer(link_secret: str) -> ResponseReturnValue:
    """One reply, into the box."""
    form = ReplyForm()
    given = form.scores(), form.words.data or ""
    if not form.attempt(service.put_in, current_link().subject_id, *given):
        page = _page(link_secret, form) | {"given": form.scores()}
        return render_invalid("surveys_answering/show.html", **page)
    return see_other("surveys_answering.show", link_secret=link_secret)
