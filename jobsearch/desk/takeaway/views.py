"""The page on which a participant takes home everything that is hers, and the archive."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.desk.takeaway import queries
from jobsearch.desk.takeaway.exports import MEDIA_TYPE, archive_of
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, reads, render

blueprint = Blueprint("takeaway", __name__)


@blueprint.get("/my-everything")
@needs(Permission.MY_DAY)
def show_own() -> ResponseReturnValue:
    """What is in it."""
    inside = queries.count_inside(current_actor().person_id or "")
    return render("takeaway/show_own.html", inside=inside)


@blueprint.get("/my-everything/file")
@needs(Permission.MY_DAY)
@heavy
def take_home() -> ResponseReturnValue:
    """The archive itself; that it was taken leaves a trace."""
    actor = current_actor()
    reads(actor.person_id or "", Look.EVERYTHING)
    return download(*archive_of(actor), MEDIA_TYPE)
