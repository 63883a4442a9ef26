"""Pages of a municipality's administrator: the coaches, and moving all clients of one."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.analyses.clients.service import move_clients
from jobsearch.core.access import Permission
from jobsearch.handover.forms import MoveForm
from jobsearch.handover.town import queries
from jobsearch.reports.small.rules import is_small
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("town", __name__, url_prefix="/town")
_MOVE = "town/move_clients.html"


@blueprint.get("")
@needs(Permission.TOWN_COACHES)
def list_coaches() -> ResponseReturnValue:
    """The municipal coaches of her own town, each with a number."""
    return render("town/list_coaches.html", coaches=queries.list_coaches(current_actor()))


@blueprint.get("/<key:town_coach_id>/move")
@needs(Permission.TOWN_COACHES)
def ask_move(town_coach_id: str) -> ResponseReturnValue:
    """To whom a coach's clients go, and what it means for them."""
    moving = queries.get_moving(current_actor(), town_coach_id)
    form = MoveForm(formdata=None).offer(moving.others)
    return render(_MOVE, moving=moving, form=form)


@blueprint.post("/<key:town_coach_id>/move")
@needs(Permission.TOWN_COACHES)
def move(town_coach_id: str) -> ResponseReturnValue:
    """Move all clients of a coach to another."""
    actor = current_actor()
    moving = queries.get_moving(actor, town_coach_id)
    form = MoveForm().offer(moving.others)
    if not form.attempt(move_clients, actor, town_coach_id, form.successor.data):
        return render_invalid(_MOVE, moving=moving, form=form)
    flash(_said(form.result))
    return see_other(".list_coaches")


def _said(clients: int) -> str:
    if is_small(clients):
        return str(_("The clients have another municipal coach now. Each of them gets a message."))
    return str(
        ngettext(
            "%(num)d client has another municipal coach now, and gets a message.",
            "%(num)d clients have another municipal coach now. Each of them gets a message.",
            clients,
        )
    )
