"""The candidate's own page, by her personal link: book, move, cancel, calendar."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.recruitment.sessions import service
from jobsearch.recruitment.sessions.booking import queries
from jobsearch.recruitment.sessions.booking.exports import calendar_of
from jobsearch.recruitment.sessions.booking.forms import ChooseForm
from jobsearch.recruitment.sessions.rules import BookedBy
from jobsearch.web.calendars import MEDIA_TYPE
from jobsearch.web.forms import Form
from jobsearch.web.gate import by_link, current_link
from jobsearch.web.limits import at_most, heavy
from jobsearch.web.pages import download, flash, render, render_invalid, see_other

PURPOSE = "recruitment.booking"
_TRIES = "40 per 10 minutes"

blueprint = Blueprint("recruitment_booking", __name__, url_prefix="/book")


@blueprint.get("/<link_secret>")
@by_link(PURPOSE)
def show(link_secret: str) -> ResponseReturnValue:
    """Her place, or the times to choose from; opening it changes nothing."""
    return render("recruitment_booking/show_booking.html", **_page(link_secret, ChooseForm()))


def _page(link_secret: str, form: Form) -> dict[str, Any]:
    shown = queries.show_booking(current_link().subject_id)
    if isinstance(form, ChooseForm):
        form.offer((one.id, one.id) for one in shown.choices)
    return {"shown": shown, "form": form, "secret": link_secret}


@blueprint.post("/<link_secret>")
@by_link(PURPOSE)
@at_most(_TRIES)
def book(link_secret: str) -> ResponseReturnValue:
    """Book the chosen session, or move to it."""
    form = ChooseForm()
    page = "recruitment_booking/show_booking.html"
    if form.session.data is None:
        form.session.errors = [_("Choose a time first.")]
        return render_invalid(page, **_page(link_secret, form))
    candidate_id = current_link().subject_id
    if not form.attempt(service.book, candidate_id, form.session.data, BookedBy.CANDIDATE):
        return render_invalid(page, **_page(link_secret, form))
    flash(_("Your place is booked. Welcome!"))
    return see_other("recruitment_booking.show", link_secret=link_secret)


@blueprint.post("/<link_secret>/cancel")
@by_link(PURPOSE)
@at_most(_TRIES)
def give_up(link_secret: str) -> ResponseReturnValue:
    """Give the place up; another can be booked any time."""
    form = Form()
    if not form.attempt(service.give_up, current_link().subject_id):
        page = _page(link_secret, ChooseForm(formdata=None)) | {"refused": form}
        return render_invalid("recruitment_booking/show_booking.html", **page)
    flash(_("Your booking is cancelled. You can choose another time whenever you like."))
    return see_other("recruitment_booking.show", link_secret=link_secret)


@blueprint.get("/<link_secret>/calendar.ics")
@by_link(PURPOSE)
@heavy
def calendar(link_secret: str) -> ResponseReturnValue:
    """The place for the calendar of a phone or a computer."""
    shown = queries.show_booking(current_link().subject_id)
    host = urlsplit(current_app.config["JOBSEARCH"].base_url).hostname or "localhost"
    content = calendar_of(shown, host)
    if content is None:
        return see_other("recruitment_booking.show", link_secret=link_secret)
    return download(content, "info.ics", MEDIA_TYPE)
