"""The page of the funnel: counts, conversion and age per stage, reasons, and the rows behind."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.recruitment.board.forms import FunnelForm
from jobsearch.recruitment.board.overview import queries
from jobsearch.recruitment.board.pages import wanted
from jobsearch.recruitment.candidates.queries import find_undoable
from jobsearch.recruitment.rules import NEXT, ORDER
from jobsearch.web.gate import needs
from jobsearch.web.pages import page_number, render

blueprint = Blueprint("recruitment", __name__, url_prefix="/candidates")
_AHEAD = {now: [stage for stage in ORDER if stage in NEXT[now]] for now in ORDER}


@blueprint.get("")
@needs(Permission.RECRUITMENT_READ)
def list_candidates() -> ResponseReturnValue:
    """The funnel of a programme, and its candidates by stage, reason and origin."""
    form = FunnelForm.read(request.args)
    page = page_number()
    shown = queries.show_board(wanted(form), form.breakdown(), form.day, page)
    if shown is not None:
        form.show(shown.which.as_of)
        form.offer(*shown.choices)
    moved = find_undoable(request.args.get("moved", ""))
    return render(
        "recruitment/list_candidates.html",
        shown=shown,
        form=form,
        page=page,
        moved=moved,
        ahead=_AHEAD,
    )
