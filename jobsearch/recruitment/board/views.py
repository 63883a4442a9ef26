"""Pages of recruitment: the funnel's counts, the rows behind them, and moves."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.recruitment import queries as candidates
from jobsearch.recruitment import service
from jobsearch.recruitment.board import queries
from jobsearch.recruitment.board.forms import FunnelForm, LeaveForm, MoveForm
from jobsearch.recruitment.rules import NEXT, ORDER
from jobsearch.web.forms import Form
from jobsearch.web.gate import needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("recruitment", __name__, url_prefix="/candidates")


@blueprint.get("")
@needs(Permission.RECRUITMENT_READ)
def list_candidates() -> ResponseReturnValue:
    """The funnel of a programme, and its candidates by stage and reason."""
    form = FunnelForm.read(request.args)
    page = max(1, request.args.get("page", 1, type=int))
    asked = queries.Asked(
        str(form.programme.data or ""), form.day, form.chosen_stage(), form.chosen_exit()
    )
    shown = queries.show_funnel(asked, min(page, 10_000))
    if shown is not None:
        form.show(shown.which.as_of)
    return render("recruitment/list_candidates.html", shown=shown, form=form, page=page)


@blueprint.get("/<key:candidate_id>")
@needs(Permission.RECRUITMENT_READ)
def show_candidate(candidate_id: str) -> ResponseReturnValue:
    """One candidate: how far she came, and what can be done next."""
    return render("recruitment/show_candidate.html", **_page(candidate_id, LeaveForm()))


@blueprint.post("/<key:candidate_id>/move")
@needs(Permission.RECRUITMENT_WRITE)
def move_candidate(candidate_id: str) -> ResponseReturnValue:
    """Move a candidate to the next stage."""
    form = MoveForm()
    if not form.attempt(service.move_candidate, candidate_id, form.stage.data):
        return render_invalid("recruitment/show_candidate.html", **_page(candidate_id, form))
    flash(_("The candidate was moved."))
    return see_other("recruitment.show_candidate", candidate_id=candidate_id)


@blueprint.post("/<key:candidate_id>/leave")
@needs(Permission.RECRUITMENT_WRITE)
def let_candidate_go(candidate_id: str) -> ResponseReturnValue:
    """End a candidacy for a coded reason."""
    form = LeaveForm()
    if not form.attempt(service.let_candidate_go, candidate_id, form.reason.data):
        return render_invalid("recruitment/show_candidate.html", **_page(candidate_id, form))
    flash(_("The reason was noted."))
    return see_other("recruitment.show_candidate", candidate_id=candidate_id)


@blueprint.post("/<key:candidate_id>/return")
@needs(Permission.RECRUITMENT_WRITE)
def bring_candidate_back(candidate_id: str) -> ResponseReturnValue:
    """Take back who had left."""
    service.bring_candidate_back(candidate_id)
    flash(_("The candidate is back."))
    return see_other("recruitment.show_candidate", candidate_id=candidate_id)


def _page(candidate_id: str, form: Form) -> dict[str, Any]:
    candidate = candidates.get_candidate(candidate_id)
    reads(candidate.person_id, "candidate")
    leave = form if isinstance(form, LeaveForm) else LeaveForm(formdata=None)
    ahead = [stage for stage in ORDER if stage in NEXT[candidate.stage]]
    return {"candidate": candidate, "ahead": ahead, "form": form, "leave": leave}
