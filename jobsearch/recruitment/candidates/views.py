"""Pages of one candidate: add her, look at her, move her on, let her go, take it back."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import Conflict
from jobsearch.recruitment import service
from jobsearch.recruitment.candidates.forms import AddForm, LeaveForm, MoveForm, Seen
from jobsearch.recruitment.candidates.pages import late, offered, page_of, told
from jobsearch.recruitment.candidates.service import add_candidate as add
from jobsearch.recruitment.queries import find_last_move
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("recruitment_candidates", __name__, url_prefix="/candidates")
_PAGE = "recruitment/show_candidate.html"
_KEPT = ("programme", "stage", "here", "exit", "channel", "municipality", "coach", "month", "by")


@blueprint.get("/new")
@needs(Permission.RECRUITMENT_WRITE)
def new_candidate() -> ResponseReturnValue:
    """Ask for somebody who wants to come by herself."""
    return render("recruitment/new_candidate.html", form=offered(AddForm()))


@blueprint.post("/new")
@needs(Permission.RECRUITMENT_WRITE)
def add_candidate() -> ResponseReturnValue:
    """Enter her; who is known is told to be."""
    form = offered(AddForm())
    if not form.attempt(add, current_actor(), told(form), form.identity_code.data):
        return render_invalid("recruitment/new_candidate.html", form=form)
    added = form.result
    flash(_("The candidate was added, and is on the call list."))
    if added.was_known:
        flash(_("This person was known already. Nobody was entered twice."), "info")
    return see_other(".show_candidate", candidate_id=added.candidate.id)


@blueprint.get("/<key:candidate_id>")
@needs(Permission.RECRUITMENT_READ)
def show_candidate(candidate_id: str) -> ResponseReturnValue:
    """One candidate: how far she came, and what can be done next."""
    return render(_PAGE, **page_of(candidate_id))


@blueprint.post("/<key:candidate_id>/move")
@needs(Permission.RECRUITMENT_WRITE)
def move_candidate(candidate_id: str) -> ResponseReturnValue:
    """Move a candidate to the next stage by one click."""
    form = MoveForm()
    return _after(form, candidate_id, service.move_candidate, candidate_id, form.stage.data)


@blueprint.post("/<key:candidate_id>/leave")
@needs(Permission.RECRUITMENT_WRITE)
def let_candidate_go(candidate_id: str) -> ResponseReturnValue:
    """End a candidacy for a coded reason."""
    form = LeaveForm()
    words = {"words": form.words.data or ""}
    go = service.let_candidate_go
    return _after(form, candidate_id, go, candidate_id, form.reason.data, **words)


@blueprint.post("/<key:candidate_id>/return")
@needs(Permission.RECRUITMENT_WRITE)
def bring_candidate_back(candidate_id: str) -> ResponseReturnValue:
    """Take back who had left."""
    return _after(Seen(), candidate_id, service.bring_candidate_back, candidate_id)


@blueprint.post("/moves/<key:move_id>/undo")
@needs(Permission.RECRUITMENT_WRITE)
def undo_move(move_id: str) -> ResponseReturnValue:
    """Take the last move back, whoever made it."""
    form = Seen()
    candidate = service.undo_move(move_id)
    flash(_("Taken back. Everything is as it was before."))
    return _go_back(form, candidate.id, candidate.programme_id)


def _after(
    form: Seen, candidate_id: str, act: Any, *args: Any, **values: Any
) -> ResponseReturnValue:
    """Do one act on a candidate; whoever comes second is told that somebody was first (409)."""
    try:
        if not form.attempt(act, *args, version=form.seen(), **values):
            return render_invalid(_PAGE, **page_of(candidate_id, form))
    except Conflict:
        form.form_errors.append(late())
        return render(_PAGE, **page_of(candidate_id, form)), 409
    move = find_last_move(candidate_id)
    programme_id = form.result.programme_id
    return _go_back(form, candidate_id, programme_id, moved=move.id if move else None)


def _go_back(
    form: Seen, candidate_id: str, programme_id: str, **values: Any
) -> ResponseReturnValue:
    """To the list as it was narrowed, or to the candidate's page."""
    if not form.back.data:
        return see_other(".show_candidate", candidate_id=candidate_id, **values)
    kept = {name: value for name, value in parse_qsl(form.back.data) if name in _KEPT}
    return see_other("recruitment.list_candidates", **{"programme": programme_id, **kept, **values})
