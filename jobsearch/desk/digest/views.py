"""The page that says what this week's digest would say."""

from flask import Blueprint

from jobsearch.core.access import Permission
from jobsearch.desk.digest import queries
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import render
from jobsearch.web.words import say

blueprint = Blueprint("digest", __name__)


@blueprint.get("/digest")
@needs(Permission.DIGEST_READ)
def show_digest() -> str:
    """What the reader would get by e-mail this week."""
    items = queries.digest_of(current_actor())
    return render("digest/show_digest.html", items=items, say=say)
