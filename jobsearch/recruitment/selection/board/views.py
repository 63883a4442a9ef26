"""Pages of selection for staff: coming groups, one group's board, a decision, a second look."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.recruitment.selection import service
from jobsearch.recruitment.selection.board import queries
from jobsearch.recruitment.selection.board.forms import DecisionForm
from jobsearch.recruitment.selection.board.pages import decision_page, refuse_empty
from jobsearch.recruitment.selection.offers.service import offer_free_seats
from jobsearch.recruitment.selection.rules import Decision
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("recruitment_selection", __name__, url_prefix="/selection")


@blueprint.get("")
@needs(Permission.RECRUITMENT_READ)
def list_groups() -> ResponseReturnValue:
    """The groups whose seats are being given."""
    return render("recruitment_selection/list_groups.html", groups=queries.list_groups())


@blueprint.get("/<key:cohort_id>")
@needs(Permission.RECRUITMENT_READ)
def show_board(cohort_id: str) -> ResponseReturnValue:
    """Seats, refusals to look at, the waiting list, and who is to be decided about."""
    board = queries.show_board(cohort_id)
    return render("recruitment_selection/show_board.html", board=board)


@blueprint.get("/<key:cohort_id>/candidates/<key:candidate_id>")
@needs(Permission.RECRUITMENT_WRITE)
def show_decision(cohort_id: str, candidate_id: str) -> ResponseReturnValue:
    """One candidate: what is known, the criteria, and the decision."""
    page = decision_page(cohort_id, candidate_id)
    reads(page["candidate"].person_id, Look.SELECTION)
    return render("recruitment_selection/decide.html", **page)


@blueprint.post("/<key:cohort_id>/candidates/<key:candidate_id>")
@needs(Permission.RECRUITMENT_WRITE)
def decide(cohort_id: str, candidate_id: str) -> ResponseReturnValue:
    """Keep the decision."""
    page = decision_page(cohort_id, candidate_id)
    form: DecisionForm = page["form"]
    plan = form.plan()
    done = plan is not None and form.attempt(
        service.decide, current_actor(), candidate_id, cohort_id, plan
    )
    if not done or plan is None:
        return render_invalid("recruitment_selection/decide.html", **refuse_empty(page))
    flash(_said(plan.decision))
    return see_other("recruitment_selection.show_board", cohort_id=cohort_id)


def _said(decision: Decision) -> str:
    if decision is Decision.SELECT:
        said = _("The candidate has a seat, and a message is on its way.")
    elif decision is Decision.WAIT:
        said = _("The candidate is on the waiting list, and a message is on its way.")
    else:
        said = _("A second person looks at the refusal. Nobody is told before that.")
    return str(said)


@blueprint.post("/<key:cohort_id>/decisions/<key:decision_id>/confirm")
@needs(Permission.RECRUITMENT_WRITE)
def confirm_refusal(cohort_id: str, decision_id: str) -> ResponseReturnValue:
    """Agree with a refusal; the candidate is told."""
    service.confirm_refusal(current_actor(), decision_id, _version())
    flash(_("The refusal holds, and the candidate gets a kind message."))
    return see_other("recruitment_selection.show_board", cohort_id=cohort_id)


def _version() -> int:
    return request.form.get("version", 0, type=int)


@blueprint.post("/<key:cohort_id>/decisions/<key:decision_id>/return")
@needs(Permission.RECRUITMENT_WRITE)
def return_refusal(cohort_id: str, decision_id: str) -> ResponseReturnValue:
    """Do not agree: it is decided anew."""
    service.return_refusal(current_actor(), decision_id, _version())
    flash(_("The refusal goes back. Decide about the candidate anew."))
    return see_other("recruitment_selection.show_board", cohort_id=cohort_id)


@blueprint.post("/<key:cohort_id>/decisions/<key:decision_id>/take-back")
@needs(Permission.RECRUITMENT_WRITE)
def take_back(cohort_id: str, decision_id: str) -> ResponseReturnValue:
    """Take a decision back; a seat that comes free goes to the next in line."""
    service.take_back(current_actor(), decision_id)
    offered = offer_free_seats(cohort_id)
    flash(_("The decision is taken back."))
    if offered:
        flash(_("The free seat is offered to the next on the waiting list."), "info")
    return see_other("recruitment_selection.show_board", cohort_id=cohort_id)


@blueprint.post("/<key:cohort_id>/offer")
@needs(Permission.RECRUITMENT_WRITE)
def offer_seats(cohort_id: str) -> ResponseReturnValue:
    """Offer what is free to the next, now."""
    if offer_free_seats(cohort_id):
        flash(_("The free seat is offered to the next on the waiting list."))
    else:
        flash(
            _("Nothing was offered: no seat is free, nobody waits, or the start is near."), "warn"
        )
    return see_other("recruitment_selection.show_board", cohort_id=cohort_id)
