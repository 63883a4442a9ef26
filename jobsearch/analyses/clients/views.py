"""Pages of the municipal coach's clients: the list, one of them, asking, handing over, help."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.analyses.clients import queries, service
from jobsearch.analyses.clients.forms import AskForm, ColleagueForm
from jobsearch.analyses.questions.rules import HINTS, TITLES
from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, reads, render, render_invalid, see_other

blueprint = Blueprint("clients", __name__)
_ONE = "clients/show_client.html"
_HAND_OVER = "clients/hand_over.html"


@blueprint.get("/clients")
@needs(Permission.ANALYSES_INBOX)
def list_clients() -> ResponseReturnValue:
    """Everyone who shares something with this coach, one line each."""
    page = page_number()
    shown = queries.list_clients(current_actor(), page)
    return render("clients/list_clients.html", shown=shown, page=page, titles=TITLES)


@blueprint.get("/help")
@needs(Permission.ANALYSES_INBOX)
def show_help() -> ResponseReturnValue:
    """What the pages are for and what they never show, in a few words."""
    return render("clients/show_help.html")


@blueprint.get("/clients/<key:client_id>")
@needs(Permission.ANALYSES_INBOX)
def show_client(client_id: str) -> ResponseReturnValue:
    """What one client shares, and what can be asked."""
    client = queries.get_client(current_actor(), client_id)
    reads(client.person_id, Look.CLIENT)
    form = AskForm(formdata=None).offer(client.kinds)
    return render(_ONE, client=client, form=form, **_words(client))


@blueprint.post("/clients/<key:client_id>/ask")
@needs(Permission.ANALYSES_ASK)
def ask(client_id: str) -> ResponseReturnValue:
    """Ask the client for something."""
    actor = current_actor()
    client = queries.get_client(actor, client_id)
    form = AskForm().offer(client.kinds)
    if not form.attempt(
        lambda: service.ask_client(actor, client_id, form.chosen(), form.words.data or "")
    ):
        return render_invalid(_ONE, client=client, form=form, **_words(client))
    flash(_("It is asked. %(name)s may answer or leave it.", name=client.name))
    return see_other(".show_client", client_id=client_id)


@blueprint.get("/clients/<key:client_id>/hand-over")
@needs(Permission.ANALYSES_ASK)
def ask_hand_over(client_id: str) -> ResponseReturnValue:
    """To whom a client goes, and what it means."""
    client = queries.get_client(current_actor(), client_id)
    reads(client.person_id, Look.CLIENT)
    return render(_HAND_OVER, client=client, form=_colleagues(ColleagueForm(formdata=None)))


@blueprint.post("/clients/<key:client_id>/hand-over")
@needs(Permission.ANALYSES_ASK)
def hand_over(client_id: str) -> ResponseReturnValue:
    """Hand a client over to a colleague."""
    actor = current_actor()
    client = queries.get_client(actor, client_id)
    form = _colleagues(ColleagueForm())
    if not form.attempt(service.hand_over, actor, client_id, form.successor.data):
        return render_invalid(_HAND_OVER, client=client, form=form)
    names = {"client": client.name, "coach": form.result}
    flash(_("%(coach)s is the municipal coach of %(client)s from today.", **names))
    return see_other(".list_clients")


def _colleagues(form: ColleagueForm) -> ColleagueForm:
    actor = current_actor()
    return form.offer(queries.list_colleagues(actor.organisation_id, actor.account_id))


def _words(client: queries.Client) -> dict[str, object]:
    return {"titles": TITLES, "notes": {kind.value: _(HINTS[kind]) for kind in client.kinds}}
