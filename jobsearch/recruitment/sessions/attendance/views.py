"""Pages of attendance at an info session: one list, one button, and undo."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.recruitment.sessions.attendance import service
from jobsearch.recruitment.sessions.attendance.forms import MarkForm
from jobsearch.recruitment.sessions.pages import session_page
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("recruitment_attendance", __name__, url_prefix="/info-sessions")


@blueprint.get("/<key:session_id>/attendance")
@needs(Permission.RECRUITMENT_WRITE)
def show_list(session_id: str) -> ResponseReturnValue:
    """Everyone who holds a place, with what is marked of them."""
    return render("recruitment_sessions/mark_attendance.html", **_page(session_id, MarkForm()))


def _page(session_id: str, form: Form) -> dict[str, object]:
    page = session_page(session_id, form)
    for guest in page["guests"]:
        reads(guest.person_id, Look.BOOKING)
    return page


@blueprint.post("/<key:session_id>/attendance")
@needs(Permission.RECRUITMENT_WRITE)
def mark(session_id: str) -> ResponseReturnValue:
    """Keep the marks of the whole list."""
    form = MarkForm()
    page = _page(session_id, form)
    marks = form.marks(request.form, [one.booking_id for one in page["guests"]])  # type: ignore[attr-defined]
    if not form.attempt(service.mark_attendance, current_actor(), session_id, marks):
        return render_invalid("recruitment_sessions/mark_attendance.html", **page)
    flash(_("The list is marked. Who did not come is on the call list."))
    return see_other("recruitment_sessions.show_session", session_id=session_id)


@blueprint.post("/<key:session_id>/attendance/<key:marking_id>/undo")
@needs(Permission.RECRUITMENT_WRITE)
def undo(session_id: str, marking_id: str) -> ResponseReturnValue:
    """Take the last pass over the list back."""
    service.undo_marking(current_actor(), marking_id)
    flash(_("The marks are as they were before."))
    return see_other("recruitment_sessions.show_session", session_id=session_id)
