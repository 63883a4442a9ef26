"""The start pages: what waits for this person today."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.web.gate import needs, public
from jobsearch.web.pages import render

blueprint = Blueprint("desk", __name__)


@blueprint.get("/")
@public
def front() -> ResponseReturnValue:
    """The address that people type: on to today, or to sign-in."""
    return redirect(url_for("desk.today"), 303)


@blueprint.get("/today")
@needs(Permission.DESK_READ)
def today() -> ResponseReturnValue:
    """The start page of the actor's role."""
    return render("desk/today.html")
