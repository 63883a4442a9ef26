"""Pages of info sessions for staff: the list, planning, one session, invitations."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.cohorts.queries import list_coaches
from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.recruitment.sessions import queries, service
from jobsearch.recruitment.sessions.forms import BookForm, InviteForm, NewForm, PlanForm, planned
from jobsearch.recruitment.sessions.invitations import queries as invitations
from jobsearch.recruitment.sessions.pages import session_page, wall_start
from jobsearch.recruitment.sessions.rules import BookedBy
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, reads, render, render_invalid, see_other

blueprint = Blueprint("recruitment_sessions", __name__, url_prefix="/info-sessions")


@blueprint.get("")
@needs(Permission.RECRUITMENT_READ)
def list_sessions() -> ResponseReturnValue:
    """The info sessions ahead, or those behind."""
    page = page_number()
    is_past = request.args.get("past") == "1"
    shown = queries.show_sessions(is_past=is_past, page=page)
    return render("recruitment_sessions/list_sessions.html", shown=shown, page=page)


@blueprint.get("/new")
@needs(Permission.RECRUITMENT_WRITE)
def new_session() -> ResponseReturnValue:
    """Ask for kind, time and place."""
    return render("recruitment_sessions/new_session.html", form=_offered(NewForm()))


def _offered(form: Any) -> Any:
    form.offer(list_coaches(current_actor().organisation_id))
    if isinstance(form, NewForm):
        form.programme_id.choices = invitations.list_programmes()
    return form


@blueprint.post("")
@needs(Permission.RECRUITMENT_WRITE)
def plan_sessions() -> ResponseReturnValue:
    """Keep one session or a series."""
    form = _offered(NewForm())
    series = {"count": form.count.data, "every_weeks": form.weeks()}
    values = current_actor(), form.programme_id.data, form.plan()
    if not form.attempt(service.plan_sessions, *values, **series):
        return render_invalid("recruitment_sessions/new_session.html", form=form)
    made, asked = len(form.result), form.count.data
    flash(ngettext("The info session is planned.", "%(num)d info sessions are planned.", made))
    if made < asked:
        flash(_("Public holidays were left out: %(count)d.", count=asked - made), "info")
    return see_other("recruitment_sessions.list_sessions")


@blueprint.get("/<key:session_id>")
@needs(Permission.RECRUITMENT_READ)
def show_session(session_id: str) -> ResponseReturnValue:
    """One session: when and where, who booked, who may be booked."""
    return render("recruitment_sessions/show_session.html", **_page(session_id, Form()))


def _page(session_id: str, form: Form) -> dict[str, Any]:
    page = session_page(session_id, form)
    for guest in page["guests"]:
        reads(guest.person_id, Look.BOOKING)
    return page


@blueprint.get("/<key:session_id>/edit")
@needs(Permission.RECRUITMENT_WRITE)
def edit_session(session_id: str) -> ResponseReturnValue:
    """Show the session's form."""
    session = queries.get_session(session_id)
    form = _offered(PlanForm(data=planned(session, wall_start(session))))
    return render("recruitment_sessions/edit_session.html", form=form, session=session)


@blueprint.post("/<key:session_id>/edit")
@needs(Permission.RECRUITMENT_WRITE)
def change_session(session_id: str) -> ResponseReturnValue:
    """Keep the changes; who booked is told."""
    form = _offered(PlanForm())
    if not form.attempt(
        service.change_session, current_actor(), session_id, _version(), form.plan()
    ):
        session = queries.get_session(session_id)
        page = "recruitment_sessions/edit_session.html"
        return render_invalid(page, form=form, session=session)
    flash(_("The info session is changed. Who booked is told when the time or the place changes."))
    return see_other("recruitment_sessions.show_session", session_id=session_id)


def _version() -> int:
    return request.form.get("version", 0, type=int)


@blueprint.post("/<key:session_id>/close")
@needs(Permission.RECRUITMENT_WRITE)
def close_bookings(session_id: str) -> ResponseReturnValue:
    """Take no more bookings."""
    service.close_bookings(session_id, _version())
    flash(_("No more bookings are taken. Who has booked keeps the place."))
    return see_other("recruitment_sessions.show_session", session_id=session_id)


@blueprint.post("/<key:session_id>/open")
@needs(Permission.RECRUITMENT_WRITE)
def open_bookings(session_id: str) -> ResponseReturnValue:
    """Take bookings again."""
    service.open_bookings(session_id, _version())
    flash(_("Bookings are taken again."))
    return see_other("recruitment_sessions.show_session", session_id=session_id)


@blueprint.post("/<key:session_id>/cancel")
@needs(Permission.RECRUITMENT_WRITE)
def cancel_session(session_id: str) -> ResponseReturnValue:
    """Cancel it and tell everyone who booked."""
    told = service.cancel_session(session_id, _version())
    flash(_("The info session is cancelled. Told of it: %(count)d.", count=told))
    return see_other("recruitment_sessions.show_session", session_id=session_id)


@blueprint.post("/<key:session_id>/book")
@needs(Permission.RECRUITMENT_WRITE)
def book(session_id: str) -> ResponseReturnValue:
    """Book a place for somebody on the telephone, or move the one that she has."""
    form = BookForm()
    form.offer(())
    if not form.attempt(service.book, form.candidate_id.data, session_id, BookedBy.STAFF):
        return render_invalid("recruitment_sessions/show_session.html", **_page(session_id, form))
    flash(_("The place is booked, and a confirmation is on its way."))
    return see_other("recruitment_sessions.show_session", session_id=session_id)


@blueprint.post("/<key:session_id>/bookings/<key:booking_id>/cancel")
@needs(Permission.RECRUITMENT_WRITE)
def give_up(session_id: str, booking_id: str) -> ResponseReturnValue:
    """Cancel a booking for somebody who called."""
    service.give_up(queries.get_booking(booking_id).candidate_id, session_id)
    flash(_("The booking is cancelled, and the place is free."))
    return see_other("recruitment_sessions.show_session", session_id=session_id)


@blueprint.get("/invite/<key:programme_id>")
@needs(Permission.RECRUITMENT_WRITE)
def show_invite(programme_id: str) -> ResponseReturnValue:
    """Whom to invite, and between which times they choose."""
    return render("recruitment_sessions/invite.html", **_invite_page(programme_id, InviteForm()))


@blueprint.post("/invite/<key:programme_id>")
@needs(Permission.RECRUITMENT_WRITE)
def invite(programme_id: str) -> ResponseReturnValue:
    """Send the invitations, each with a link of its own."""
    form = InviteForm()
    chosen = form.candidates.data or []
    if not form.attempt(service.invite, current_actor(), programme_id, chosen):
        return render_invalid(
            "recruitment_sessions/invite.html", **_invite_page(programme_id, form)
        )
    count = form.result
    flash(ngettext("One invitation is on its way.", "%(num)d invitations are on their way.", count))
    return see_other("recruitment_sessions.list_sessions")


def _invite_page(programme_id: str, form: InviteForm) -> dict[str, Any]:
    return {
        "form": form,
        "programme": invitations.get_invite_programme(programme_id),
        "people": invitations.list_invitable(programme_id),
        "sessions": queries.list_bookable(programme_id, current_actor().language),
    }
