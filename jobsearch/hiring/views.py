"""Pages before the first day: groups and who is ready, and the start of a contract."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.cohorts.queries import get_cohort
from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.hiring import queries, service
from jobsearch.hiring.checklist import queries as checklists
from jobsearch.hiring.checklist.rules import DOER_NAMES, ITEM_NAMES, Item
from jobsearch.hiring.forms import RoomForm
from jobsearch.payroll.contracts.editions.rules import STATE_NAMES
from jobsearch.recruitment.queries import get_candidate
from jobsearch.web.filters import current_language, day_range
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, reads, render, render_invalid, see_other

blueprint = Blueprint("hiring", __name__)

WORDS: dict[str, Any] = {
    "items": ITEM_NAMES,
    "doers": DOER_NAMES,
    "states": STATE_NAMES,
    "Item": Item,
}


@blueprint.get("/hiring")
@needs(Permission.HIRING_READ)
def list_groups() -> ResponseReturnValue:
    """Groups that have not ended, how many of their people are ready, and who is to be hired."""
    actor = current_actor()
    page = page_number()
    count = checklists.count_groups(actor)
    return render(
        "hiring/list_groups.html",
        groups=checklists.list_groups(actor, page),
        to_hire=queries.list_to_hire() if page == 1 else [],
        page=page,
        pages=max(1, -(-count // checklists.PAGE)),
    )


@blueprint.get("/hiring/groups/<key:cohort_id>")
@needs(Permission.HIRING_READ)
def show_group(cohort_id: str) -> ResponseReturnValue:
    """Ready for the first day: what is missing of everyone in a group, by when, and who does it."""
    cohort = get_cohort(cohort_id)
    starters = checklists.list_starters(current_actor(), cohort_id)
    return render("hiring/show_group.html", cohort=cohort, starters=starters, **WORDS)


@blueprint.get("/hiring/candidates/<key:candidate_id>")
@needs(Permission.CONTRACTS_WRITE)
def new_contract(candidate_id: str) -> ResponseReturnValue:
    """Choose the group in which a selected candidate gets a contract."""
    candidate, form = _room(candidate_id)
    reads(candidate.person_id, Look.CANDIDATE)
    return render("hiring/new_contract.html", candidate=candidate, form=form)


@blueprint.post("/hiring/candidates/<key:candidate_id>")
@needs(Permission.CONTRACTS_WRITE)
def hire(candidate_id: str) -> ResponseReturnValue:
    """Give the candidate a seat and a draft."""
    candidate, form = _room(candidate_id)
    use_case = service.come_back if candidate.exit_reason else service.hire
    if not form.attempt(use_case, current_actor(), candidate_id, form.cohort_id.data):
        return render_invalid("hiring/new_contract.html", candidate=candidate, form=form)
    flash(_("The draft is made. Look at its terms, then offer it."))
    return see_other("hiring.show_contract", contract_id=form.result.id)


def _room(candidate_id: str) -> tuple[Any, RoomForm]:
    candidate = get_candidate(candidate_id)
    form = RoomForm()
    language = current_language()
    rooms = queries.list_rooms(candidate.programme_id, candidate.person_id)
    form.offer(
        (
            (room.cohort_id, f"{room.name}, {day_range(room.starts_on, room.ends_on, language)}")
            for room in rooms
        ),
        next((room.cohort_id for room in rooms if room.has_hers), None),
    )
    return candidate, form
