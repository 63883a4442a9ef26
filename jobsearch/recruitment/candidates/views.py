"""Pages of one candidate: add her, look at her, move her on, let her go, take it back."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import Conflict
from jobsearch.programmes.queries import list_programme_names
from jobsearch.recruitment import service
from jobsearch.recruitment.candidates import queries
from jobsearch.recruitment.candidates.forms import AddForm, LeaveForm, MoveForm, Seen
from jobsearch.recruitment.candidates.service import add_candidate as add
from jobsearch.recruitment.contacts.forms import ContactForm
from jobsearch.recruitment.following.forms import SpokenForm
from jobsearch.recruitment.queries import find_last_move
from jobsearch.recruitment.referrals.rules import Introduction, split_name
from jobsearch.recruitment.rules import NEXT, ORDER, exits_from
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("recruitment_candidates", __name__, url_prefix="/candidates")
_PAGE = "recruitment/show_candidate.html"
_KEPT = ("programme", "stage", "here", "exit", "channel", "municipality", "coach", "month", "by")


@blueprint.get("/new")
@needs(Permission.RECRUITMENT_WRITE)
def new_candidate() -> ResponseReturnValue:
    """Ask for somebody who wants to come by herself."""
    return render("recruitment/new_candidate.html", form=_offered(AddForm()))


@blueprint.post("/new")
@needs(Permission.RECRUITMENT_WRITE)
def add_candidate() -> ResponseReturnValue:
    """Enter her; who is known is told to be."""
    form = _offered(AddForm())
    if not form.attempt(add, current_actor(), _told(form), form.identity_code.data):
        return render_invalid("recruitment/new_candidate.html", form=form)
    added = form.result
    flash(_("The candidate was added, and is on the call list."))
    if added.was_known:
        flash(_("This person was known already. Nobody was entered twice."), "info")
    return see_other(".show_candidate", candidate_id=added.candidate.id)


@blueprint.get("/<key:candidate_id>")
@needs(Permission.RECRUITMENT_READ)
def show_candidate(candidate_id: str) -> ResponseReturnValue:
    """One candidate: how far she came, and what can be done next."""
    return render(_PAGE, **page_of(candidate_id))


@blueprint.post("/<key:candidate_id>/move")
@needs(Permission.RECRUITMENT_WRITE)
def move_candidate(candidate_id: str) -> ResponseReturnValue:
    """Move a candidate to the next stage by one click."""
    form = MoveForm()
    return _after(form, candidate_id, service.move_candidate, candidate_id, form.stage.data)


@blueprint.post("/<key:candidate_id>/leave")
@needs(Permission.RECRUITMENT_WRITE)
def let_candidate_go(candidate_id: str) -> ResponseReturnValue:
    """End a candidacy for a coded reason."""
    form = LeaveForm()
    words = {"words": form.words.data or ""}
    go = service.let_candidate_go
    return _after(form, candidate_id, go, candidate_id, form.reason.data, **words)


@blueprint.post("/<key:candidate_id>/return")
@needs(Permission.RECRUITMENT_WRITE)
def bring_candidate_back(candidate_id: str) -> ResponseReturnValue:
    """Take back who had left."""
    return _after(Seen(), candidate_id, service.bring_candidate_back, candidate_id)


@blueprint.post("/moves/<key:move_id>/undo")
@needs(Permission.RECRUITMENT_WRITE)
def undo_move(move_id: str) -> ResponseReturnValue:
    """Take the last move back, whoever made it."""
    form = Seen()
    candidate = service.undo_move(move_id)
    flash(_("Taken back. Everything is as it was before."))
    return _go_back(form, candidate.id, candidate.programme_id)


def _after(form: Seen, candidate_id: str, act: Any, *args: Any, **values: Any) -> Any:
    """Do one act on a candidate; whoever comes second is told that somebody was first (409)."""
    try:
        if not form.attempt(act, *args, version=form.seen(), **values):
            return render_invalid(_PAGE, **page_of(candidate_id, form))
    except Conflict:
        form.form_errors.append(late())
        return render(_PAGE, **page_of(candidate_id, form)), 409
    move = find_last_move(candidate_id)
    programme_id = form.result.programme_id
    return _go_back(form, candidate_id, programme_id, moved=move.id if move else None)


def late() -> str:
    """What whoever comes second reads, beside how it is now."""
    return str(_("Somebody was faster: this has changed since you opened it. Now it is like this."))


def _go_back(form: Seen, candidate_id: str, programme_id: str, **values: Any) -> Any:
    """To the list as it was narrowed, or to the candidate's page."""
    if not form.back.data:
        return see_other(".show_candidate", candidate_id=candidate_id, **values)
    kept = {name: value for name, value in parse_qsl(form.back.data) if name in _KEPT}
    return see_other("recruitment.list_candidates", **{"programme": programme_id, **kept, **values})


def page_of(candidate_id: str, form: Form | None = None) -> dict[str, Any]:
    """What a candidate's page shows, with the form that was just sent among its forms."""
    shown = queries.show_candidate(candidate_id)
    candidate = shown.candidate
    reads(candidate.person_id, "candidate")
    forms = {
        name: form if isinstance(form, kind) else kind(formdata=None)
        for name, kind in (("leave", LeaveForm), ("contact", ContactForm), ("spoken", SpokenForm))
    }
    fitting = set(exits_from(candidate.stage))
    leave: Any = forms["leave"]
    leave.reason.choices = [one for one in leave.reason.choices if one.value in fitting]
    return {
        "shown": shown,
        "candidate": candidate,
        "ahead": [stage for stage in ORDER if stage in NEXT[candidate.stage]],
        "form": form or MoveForm(formdata=None),
        "moved": request.args.get("moved"),
        "logged": request.args.get("logged"),
        **forms,
    }


def _offered(form: AddForm) -> AddForm:
    form.programme_id.choices = list_programme_names()
    return form


def _told(form: AddForm) -> Introduction:
    given, family = split_name(form.name.data or "")
    return Introduction(
        programme_id=form.programme_id.data or "",
        given_name=given,
        family_name=family,
        phone=form.phone.data or "",
        email=form.email.data or None,
        municipality=form.municipality.data or None,
        language=form.language.data or "fi",
        text=form.introduction.data or "",
        call_when=form.call_when.data or "",
    )
