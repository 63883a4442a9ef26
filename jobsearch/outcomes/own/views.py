"""A participant's pages: what is noted of her, what she tells, and whether she may be asked."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.outcomes.answering.forms import OWN_KINDS
from jobsearch.outcomes.following.rows import find_objection
from jobsearch.outcomes.following.service import allow_asking, stop_asking
from jobsearch.outcomes.forms import one_of
from jobsearch.outcomes.origins import list_origins
from jobsearch.outcomes.rules import OutcomeKind
from jobsearch.outcomes.told import queries, service
from jobsearch.outcomes.told.forms import ACCEPTED, EndedForm, TellForm
from jobsearch.outcomes.told.rules import asks_of
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("outcomes_own", __name__, url_prefix="/my-outcomes")


@blueprint.get("")
@needs(Permission.OUTCOMES_OWN)
def my_outcomes() -> ResponseReturnValue:
    """What is noted of me, what I told, and the way to tell more."""
    return render("outcomes_own/my_outcomes.html", **_mine(EndedForm(formdata=None), ""))


def _mine(form: Form, ends: str) -> dict[str, Any]:
    actor = current_actor()
    person_id = service.own_person(actor)
    return {
        "own": queries.list_own(person_id, actor.zone),
        "objects": find_objection(person_id) is not None,
        "form": form,
        "ends": ends,
        "kinds": OWN_KINDS,
    }


@blueprint.get("/tell")
@needs(Permission.OUTCOMES_OWN)
def ask_what() -> ResponseReturnValue:
    """Choose the kind; then only what belongs to it is asked."""
    kind = one_of(OutcomeKind, request.args.get("kind"))
    if kind not in OWN_KINDS:
        return render("outcomes_own/choose_kind.html", kinds=OWN_KINDS)
    form = TellForm(formdata=None)
    form.kind.data = kind
    return render("outcomes_own/tell.html", **_telling(form))


def _telling(form: TellForm) -> dict[str, Any]:
    form.offer(list_origins(service.own_person(current_actor())))
    kind = form.chosen_kind()
    words = OWN_KINDS[kind or OutcomeKind.OTHER_WORK]
    return {"form": form, "asks": asks_of(kind), "kind_words": words, "accepted": ACCEPTED}


@blueprint.post("/tell")
@needs(Permission.OUTCOMES_OWN)
def tell() -> ResponseReturnValue:
    """Tell of my job or studies."""
    form = TellForm()
    actor = current_actor()
    if not form.attempt(lambda: service.tell(actor, form.told(), form.content())):
        return render_invalid("outcomes_own/tell.html", **_telling(form))
    flash(_("Thank you for telling. Your coach looks at it."))
    return see_other("outcomes_own.my_outcomes")


@blueprint.post("/<key:own_told_id>/take-back")
@needs(Permission.OUTCOMES_OWN)
def take_back(own_told_id: str) -> ResponseReturnValue:
    """What I told was not so."""
    form = Form()
    if not form.attempt(service.take_back, current_actor(), own_told_id):
        return render_invalid("outcomes_own/my_outcomes.html", **_mine(form, ""))
    flash(_("Taken back."))
    return see_other("outcomes_own.my_outcomes")


@blueprint.post("/<key:own_outcome_id>/ended")
@needs(Permission.OUTCOMES_OWN)
def tell_end(own_outcome_id: str) -> ResponseReturnValue:
    """It has ended."""
    form = EndedForm()
    actor = current_actor()
    queries.get_own_outcome(own_outcome_id, service.own_person(actor))
    if not form.attempt(service.tell_end, actor, own_outcome_id, form.last_day()):
        return render_invalid("outcomes_own/my_outcomes.html", **_mine(form, own_outcome_id))
    flash(_("Thank you for telling. Your coach looks at it."))
    return see_other("outcomes_own.my_outcomes")


@blueprint.post("/do-not-ask")
@needs(Permission.OUTCOMES_OWN)
def do_not_ask() -> ResponseReturnValue:
    """I do not want to be asked."""
    actor = current_actor()
    stop_asking(None, service.own_person(actor), actor.organisation_id)
    flash(_("We do not ask you any more."))
    return see_other("outcomes_own.my_outcomes")


@blueprint.post("/ask-me")
@needs(Permission.OUTCOMES_OWN)
def ask_me() -> ResponseReturnValue:
    """I may be asked after all."""
    allow_asking(service.own_person(current_actor()))
    flash(_("We may ask you again."))
    return see_other("outcomes_own.my_outcomes")
