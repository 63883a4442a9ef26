"""The page of the timetable: every term, what goes next, and what has gone."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.privacy.retention.pages import timetable_page
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import page_number, render

blueprint = Blueprint("timetable", __name__, url_prefix="/privacy/timetable")


@blueprint.get("")
@needs(Permission.PRIVACY_ERASE)
def show_timetable() -> ResponseReturnValue:
    """How long everything is kept and why, and what goes when."""
    page = page_number()
    shown = timetable_page(current_actor(), page)
    return render("privacy/show_timetable.html", shown=shown, page=page)
