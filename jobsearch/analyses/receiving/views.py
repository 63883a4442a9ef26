"""Pages of the way to what was sent: who comes with the link of the message."""

from flask import Blueprint, request, session, url_for
from flask.typing import ResponseReturnValue

from jobsearch.analyses.forms import EmptyForm
from jobsearch.analyses.receiving import queries, service
from jobsearch.analyses.receiving.rules import PURPOSE
from jobsearch.analyses.releases.queries import find_closed
from jobsearch.core.access import Permission, Role
from jobsearch.web.gate import by_link, current_actor, current_link, needs
from jobsearch.web.limits import at_most, is_over, network, rationed
from jobsearch.web.pages import render, render_invalid, see_other

blueprint = Blueprint("receiving", __name__)


def _link() -> str:
    return request.path


@blueprint.get("/received/<link_secret>")
@by_link(PURPOSE)
def open_way_in(link_secret: str) -> ResponseReturnValue:
    """Say that something waits for an address, without a name; straight on for who is in by it."""
    waiting = queries.get_waiting(current_link().subject_id)
    if waiting.closed is None and queries.is_signed_in(session.get("sign_in", ""), waiting):
        return see_other("analyses.read_release", release_id=waiting.release_id)
    page = render(
        "analyses/received.html", waiting=waiting, form=EmptyForm(), link_secret=link_secret
    )
    return page, 200 if waiting.closed is None else 410


@blueprint.post("/received/<link_secret>")
@by_link(PURPOSE)
@at_most("60 per 15 minutes", by=network)
@rationed("3 per 15 minutes", by=_link)
def send_code(link_secret: str) -> ResponseReturnValue:
    """Send the code to the address of the permission, whoever pressed the button."""
    release_id, form = current_link().subject_id, EmptyForm()
    if not form.attempt(service.send_code, release_id, may_send=not is_over()):
        waiting = queries.get_waiting(release_id)
        values = {"waiting": waiting, "link_secret": link_secret}
        return render_invalid("analyses/received.html", form=form, **values)
    return _to_the_code(form, release_id)


@blueprint.post("/inbox/<key:release_id>/code")
@needs(Permission.ANALYSES_INBOX)
@at_most("60 per 15 minutes", by=network)
@rationed("3 per 15 minutes", by=_link)
def send_code_again(release_id: str) -> ResponseReturnValue:
    """Send a code to the recipient who has signed in in another way."""
    form, closed = EmptyForm(), find_closed(current_actor(), release_id)
    if closed is None:
        return see_other("analyses.read_release", release_id=release_id)
    if not form.attempt(service.send_code, release_id, may_send=not is_over()):
        return render_invalid("analyses/closed.html", form=form, closed=closed)
    return _to_the_code(form, release_id)


def _to_the_code(form: EmptyForm, release_id: str) -> ResponseReturnValue:
    path = url_for("analyses.read_release", release_id=release_id)
    session["code_request"] = form.result.request_secret
    session["code_sent_to"] = form.result.sent_to
    session["code_next"] = path
    session["code_role"] = Role.MUNICIPAL_COACH.value
    return see_other("codes.enter_code", next=path)
