"""Page of the cost of groups."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission, may
from jobsearch.costs.groups import queries
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import page_number, render

blueprint = Blueprint("costs_groups", __name__, url_prefix="/costs")


@blueprint.get("/<key:programme_id>/groups")
@needs(Permission.COSTS_GROUPS)
def show_groups(programme_id: str) -> ResponseReturnValue:
    """What each group cost of its own; a coach's are hers."""
    actor = current_actor()
    may_see_pay = may(actor, Permission.PAYROLL_READ)
    page = page_number()
    shown = queries.show_groups(programme_id, own_cohorts_of(actor), may_see_pay, page)
    return render("costs/show_groups.html", shown=shown, page=page, may_see_pay=may_see_pay)
