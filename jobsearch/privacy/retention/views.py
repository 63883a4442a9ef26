"""The page of the timetable: every term, what goes next, and what has gone."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.privacy.retention.pages import timetable_page
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import render

blueprint = Blueprint("timetable", __name__, url_prefix="/privacy/timetable")


@blueprint.get("")
@needs(Permission.PRIVACY_ERASE)
def show_timetable() -> ResponseReturnValue:
    """How long everything is kept and why, and what goes when."""
    page = min(max(1, request.args.get("page", 1, type=int)), 1000)
    shown = timetable_page(current_actor(), page)
    return render("privacy/show_timetable.html", shown=shown, page=page)
