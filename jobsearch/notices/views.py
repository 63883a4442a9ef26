"""The demo's outbox, the operator's view of what goes out, and what a gateway reports."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from jobsearch.config import SmsGateway
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.notices import queries
from jobsearch.notices.delivery import service
from jobsearch.notices.delivery.queries import list_waiting, table_of_states
from jobsearch.notices.delivery.reports import is_proven, read_reports
from jobsearch.notices.delivery.rules import STATE_NAMES, TROUBLE_NAMES
from jobsearch.web.gate import needs, public
from jobsearch.web.limits import at_most
from jobsearch.web.machines import from_machine
from jobsearch.web.pages import render

blueprint = Blueprint("notices", __name__)
_LOOK_BACK = timedelta(days=7)


@blueprint.get("/outbox")
@public
def outbox() -> str:
    """Every message of the demo; elsewhere there is no such page."""
    if not current_app.config["JOBSEARCH"].reads_outbox:
        raise NotVisible
    return render("notices/outbox.html", messages=queries.list_demo_messages(), states=STATE_NAMES)


@blueprint.get("/messages/state")
@needs(Permission.NOTICES_STATE)
def show_state() -> str:
    """How many messages wait, went and failed, and why; never to whom, never a word of them."""
    config = current_app.config["JOBSEARCH"]
    return render(
        "notices/show_state.html",
        table_of=table_of_states(_LOOK_BACK),
        waiting=list_waiting(),
        states=STATE_NAMES,
        troubles=TROUBLE_NAMES,
        config=config,
    )


@blueprint.post("/messages/reports")
@public
@from_machine
@at_most("600 per minute")
def take_reports() -> ResponseReturnValue:
    """A gateway tells what became of text messages. What it tells of others is not answered."""
    settings: SmsGateway = current_app.config["JOBSEARCH"].sms
    if not settings.report_secret:
        raise NotVisible
    body, headers = request.get_data(), request.headers
    signature = headers.get(settings.report_header, "")
    if not is_proven(settings, signature, headers.get("Authorization", ""), body):
        abort(403)
    for reference, state in read_reports(settings, body):
        service.report(reference, state)
    return "", 204
