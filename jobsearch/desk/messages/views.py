"""One's own choices of messages, signed in or by a link; and whom messages do not reach."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.desk.messages import queries
from jobsearch.desk.messages.forms import ChoicesForm
from jobsearch.desk.messages.rules import Reach, mask
from jobsearch.notices.preferences import service
from jobsearch.notices.service import CHOICE_PURPOSE
from jobsearch.notices.setting import find_kind
from jobsearch.web.gate import by_link, current_actor, current_link, needs
from jobsearch.web.limits import at_most
from jobsearch.web.machines import from_machine
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("messages", __name__)
_ONE_CLICK = "List-Unsubscribe"  # RFC 8058: what a mail program sends


@blueprint.get("/account/messages")
@needs(Permission.ACCOUNTS_OWN)
def choose() -> ResponseReturnValue:
    """How messages reach whoever is signed in, and which of them she can leave out."""
    reach = queries.own_reach(current_actor())
    return render("messages/choose.html", form=ChoicesForm().offer(reach), reach=reach, name=str)


@blueprint.post("/account/messages")
@needs(Permission.ACCOUNTS_OWN)
def save_choices() -> ResponseReturnValue:
    """Keep her choices; they hold for the next message."""
    reach = queries.own_reach(current_actor())
    form = ChoicesForm().offer(reach)
    if not form.attempt(lambda: _save(form, reach)):
        return render_invalid("messages/choose.html", form=form, reach=reach, name=str)
    flash(_("Saved. It holds from the next message on."))
    return see_other("messages.choose")


@blueprint.get("/messages/choices/<link_secret>")
@by_link(CHOICE_PURPOSE)
def choose_by_link(link_secret: str) -> ResponseReturnValue:
    """The same for somebody who comes by the link in a message; opening it changes nothing."""
    reach = queries.reach_of(current_link().subject_id)
    form = ChoicesForm().offer(reach, masked=True)
    context = {"form": form, "reach": reach, "secret": link_secret, "name": mask}
    return render("messages/choose_by_link.html", **context)


@blueprint.post("/messages/choices/<link_secret>")
@by_link(CHOICE_PURPOSE)
@at_most("60 per 10 minutes")
@from_machine
def save_choices_by_link(link_secret: str) -> ResponseReturnValue:
    """Keep choices made by link; or end one kind, when a mail program asks for it."""
    reach = queries.reach_of(current_link().subject_id)
    if _ONE_CLICK in request.form:
        kind = find_kind(request.args.get("kind", ""))
        service.stop_kinds(reach.subject_id, reach.optional if kind is None else [kind])
        return "", 200
    form = ChoicesForm(meta={"csrf": False}).offer(reach, masked=True)
    if not form.attempt(lambda: _save(form, reach)):
        context = {"form": form, "reach": reach, "secret": link_secret, "name": mask}
        return render_invalid("messages/choose_by_link.html", **context)
    flash(_("Saved. It holds from the next message on."))
    return see_other("messages.choose_by_link", link_secret=link_secret)


def _save(form: ChoicesForm, reach: Reach) -> None:
    service.save_choices(reach.subject_id, form.choices(reach), reach.kinds)
