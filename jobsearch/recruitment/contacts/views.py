"""Pages of contacts: today's call list, an attempt by one click or with details, and its undo."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import Conflict
from jobsearch.recruitment.candidates.pages import late, page_of
from jobsearch.recruitment.contacts import service
from jobsearch.recruitment.contacts.forms import CallForm, ContactForm
from jobsearch.recruitment.contacts.pages import calls_page
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("recruitment_contacts", __name__, url_prefix="/candidates")
_CANDIDATE = "recruitment/show_candidate.html"


@blueprint.get("/calls")
@needs(Permission.RECRUITMENT_READ)
def list_calls() -> ResponseReturnValue:
    """Whom to call today, the longest due first."""
    return render("recruitment/list_calls.html", **calls_page(request.args))


@blueprint.post("/<key:candidate_id>/call")
@needs(Permission.RECRUITMENT_WRITE)
def log_call(candidate_id: str) -> ResponseReturnValue:
    """The result of a call by one click."""
    form = CallForm()
    return _after(form, candidate_id, service.log_call, candidate_id, form.result.data)


@blueprint.post("/<key:candidate_id>/contacts")
@needs(Permission.RECRUITMENT_WRITE)
def log_contact(candidate_id: str) -> ResponseReturnValue:
    """One attempt with its details."""
    form = ContactForm()
    made, when = form.attempt_made(), form.call_when.data or None
    return _after(form, candidate_id, service.log_attempt, candidate_id, made, call_when=when)


@blueprint.post("/attempts/<key:attempt_id>/undo")
@needs(Permission.RECRUITMENT_WRITE)
def undo_attempt(attempt_id: str) -> ResponseReturnValue:
    """Take the last attempt back, whoever made it."""
    candidate = service.undo_attempt(current_actor(), attempt_id)
    flash(_("Taken back. Everything is as it was before."))
    return _go_back(CallForm(), candidate.id)


@blueprint.post("/<key:candidate_id>/not-reached")
@needs(Permission.RECRUITMENT_WRITE)
def close_not_reached(candidate_id: str) -> ResponseReturnValue:
    """Close who could not be reached; the attempts are the proof."""
    form = CallForm()
    service.close_not_reached(candidate_id, version=form.seen())
    flash(_("Closed as not reached. The attempts stay as they were written down."))
    return _go_back(form, candidate_id)


def _after(
    form: Any, candidate_id: str, act: Any, *args: Any, **values: Any
) -> ResponseReturnValue:
    """Write an attempt down; whoever comes second is told that somebody was first (409)."""
    try:
        if not form.attempt(act, current_actor(), *args, version=form.seen(), **values):
            return render_invalid(_CANDIDATE, **page_of(candidate_id, form))
    except Conflict:
        form.form_errors.append(late())
        return render(_CANDIDATE, **page_of(candidate_id, form)), 409
    return _go_back(form, candidate_id, logged=form.result.id)


def _go_back(form: CallForm, candidate_id: str, **values: Any) -> ResponseReturnValue:
    if form.back.data == "calls":
        return see_other(".list_calls", **values)
    return see_other("recruitment_candidates.show_candidate", candidate_id=candidate_id, **values)
