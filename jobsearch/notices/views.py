"""The outbox page of the demo: no gateway is on, messages are read here."""

from flask import Blueprint, current_app

from jobsearch.config import Mode
from jobsearch.core.errors import NotVisible
from jobsearch.notices import queries
from jobsearch.web.gate import public
from jobsearch.web.pages import render

blueprint = Blueprint("notices", __name__)


@blueprint.get("/outbox")
@public
def outbox() -> str:
    """Every message of the demo; elsewhere there is no such page."""
    if current_app.config["JOBSEARCH"].mode is Mode.PRODUCTION:
        raise NotVisible
    return render("notices/outbox.html", messages=queries.list_demo_messages())
