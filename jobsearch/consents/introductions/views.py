"""Pages of introductions: the participant's permission, the coach's question, the answer."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.consents.introductions import queries, service
from jobsearch.consents.introductions.forms import (
    CommentForm,
    EmptyForm,
    IntroductionForm,
    PermitForm,
)
from jobsearch.consents.introductions.own import get_own
from jobsearch.consents.introductions.pages import permit_page, say, say_warnings
from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, reads, render, render_invalid, see_other

blueprint = Blueprint("introductions", __name__)

# --- the participant ----------------------------------------------------------------------------


@blueprint.get("/my-introduction/permission")
@needs(Permission.CONSENTS_OWN)
def permit() -> ResponseReturnValue:
    """What the permission would mean, its words, and yes or not; nothing is chosen beforehand."""
    months = request.args.get("months", type=int)
    form = PermitForm(formdata=None)
    return render("introductions/permit.html", form=form, **permit_page(current_actor(), months))


@blueprint.post("/my-introduction/permission")
@needs(Permission.CONSENTS_OWN)
def give_permission() -> ResponseReturnValue:
    """She lets her coach ask."""
    actor, form = current_actor(), PermitForm()
    months, seen = int(form.months.data or 0), form.seen.data or ""
    if not form.attempt(service.permit_introduction, actor, months, seen, say):
        page = permit_page(actor, months)
        return render_invalid("introductions/permit.html", form=form, **page)
    flash(_("You gave your permission. You can take it back on this page at any time."))
    return see_other("permissions.list_permissions")


@blueprint.get("/my-introductions/<key:introduction_id>")
@needs(Permission.CONSENTS_OWN)
def my_introduction(introduction_id: str) -> ResponseReturnValue:
    """What her municipal coach wrote of her; hers to read always, and to comment on."""
    return _mine(introduction_id, CommentForm(formdata=None))


@blueprint.post("/my-introductions/<key:introduction_id>/comment")
@needs(Permission.CONSENTS_OWN)
def comment(introduction_id: str) -> ResponseReturnValue:
    """Keep her comment."""
    form = CommentForm()
    values = (current_actor(), introduction_id, form.text.data or "")
    if not form.attempt(service.comment_on_introduction, *values):
        return _mine(introduction_id, form, refused=True)
    say_warnings(form.result)
    flash(_("Saved. Your coach reads it beside the introduction."))
    return see_other(".my_introduction", introduction_id=introduction_id)


def _mine(introduction_id: str, form: CommentForm, *, refused: bool = False) -> ResponseReturnValue:
    own = get_own(current_actor(), introduction_id)
    if form.text.raw_data is None:
        form.text.data = own.introduction.comment
    draw = render_invalid if refused else render
    return draw("introductions/my_introduction.html", own=own, form=form)


# --- the municipal coach ------------------------------------------------------------------------


@blueprint.get("/introduction-requests")
@needs(Permission.INTRODUCTIONS_WRITE)
def list_requests() -> ResponseReturnValue:
    """Those who permit that this municipal coach is asked, while they do."""
    page = page_number()
    shown = queries.list_asked(current_actor(), page)
    return render("introductions/list_requests.html", shown=shown, page=page)


@blueprint.get("/introduction-requests/<key:introduction_id>")
@needs(Permission.INTRODUCTIONS_WRITE)
def write_introduction(introduction_id: str) -> ResponseReturnValue:
    """One request, to write or not; the look is noted."""
    return _writing(introduction_id, IntroductionForm(formdata=None))


@blueprint.post("/introduction-requests/<key:introduction_id>")
@needs(Permission.INTRODUCTIONS_WRITE)
def save_introduction(introduction_id: str) -> ResponseReturnValue:
    """Keep what she wrote; coach and participant are told at the same moment."""
    form = IntroductionForm()
    values = (current_actor(), introduction_id, form.text.data or "", form.version.data or 0)
    try:
        if not form.attempt(service.write_introduction, *values):
            return _writing(introduction_id, form, refused=True)
    except queries.PermissionEnded:
        return render("introductions/ended.html"), 404
    say_warnings(form.result)
    flash(_("Sent. The job seeker and the coach can read it now."))
    return see_other(".write_introduction", introduction_id=introduction_id)


@blueprint.post("/introduction-requests/<key:introduction_id>/decline")
@needs(Permission.INTRODUCTIONS_WRITE)
def decline(introduction_id: str) -> ResponseReturnValue:
    """She does not write one."""
    form = EmptyForm()
    try:
        if not form.attempt(service.decline_introduction, current_actor(), introduction_id):
            return _writing(introduction_id, IntroductionForm(formdata=None), form)
    except queries.PermissionEnded:
        return render("introductions/ended.html"), 404
    flash(_("Noted. You can still write one while the permission lasts."))
    return see_other(".list_requests")


def _writing(
    introduction_id: str,
    form: IntroductionForm,
    other: Form | None = None,
    *,
    refused: bool = False,
) -> ResponseReturnValue:
    try:
        asked = queries.get_asked(current_actor(), introduction_id)
    except queries.PermissionEnded:
        return render("introductions/ended.html"), 404
    reads(asked.person_id, Look.INTRODUCTION_REQUEST, asked.id)
    if form.text.raw_data is None:
        form.fill(asked.text, asked.version)
    draw = render_invalid if refused or other else render
    page = {"asked": asked, "text_form": form, "form": other or form}
    return draw("introductions/write_introduction.html", **page)


# --- the coach ----------------------------------------------------------------------------------


@blueprint.get("/people/<key:person_id>/introduction")
@needs(Permission.INTRODUCTIONS_STATE)
def show_state(person_id: str) -> ResponseReturnValue:
    """Whether there is a permission to ask, and what has been asked; no text."""
    return _state(person_id, EmptyForm(formdata=None))


@blueprint.post("/people/<key:person_id>/introduction")
@needs(Permission.INTRODUCTIONS_ASK)
def ask(person_id: str) -> ResponseReturnValue:
    """Ask the municipal coach; without a live permission the page says why not."""
    form = EmptyForm()
    if not form.attempt(service.ask_for_introduction, current_actor(), person_id):
        return _state(person_id, form, refused=True)
    flash(_("Asked. The municipal coach has a message, and you get one when there is an answer."))
    return see_other(".show_state", person_id=person_id)


def _state(person_id: str, form: EmptyForm, *, refused: bool = False) -> ResponseReturnValue:
    shown = queries.show_for_staff(current_actor(), person_id)
    reads(person_id, Look.INTRODUCTION)
    draw = render_invalid if refused else render
    return draw("introductions/show_state.html", shown=shown, form=form)


@blueprint.get("/introductions/<key:introduction_id>")
@needs(Permission.INTRODUCTIONS_ASK)
def read_introduction(introduction_id: str) -> ResponseReturnValue:
    """What the municipal coach wrote, while the permission lives; the look is noted."""
    try:
        found = queries.get_for_staff(current_actor(), introduction_id)
    except queries.PermissionEnded:
        return render("introductions/ended.html"), 404
    reads(found.person_id, Look.ASKED_INTRODUCTION, found.id)
    return render("introductions/read_introduction.html", introduction=found)
