"""The list of people whom messages do not reach, with what to do about it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.desk.unreached import queries
from jobsearch.notices.delivery.rules import TROUBLE_NAMES
from jobsearch.notices.delivery.service import try_again as send_again
from jobsearch.notices.setting import kinds
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, reads_each, render, see_other

blueprint = Blueprint("unreached", __name__)


@blueprint.get("/messages/not-reached")
@needs(Permission.NOTICES_UNREACHED)
def list_unreached() -> ResponseReturnValue:
    """Addresses and numbers that fail, of the actor's own people."""
    page = page_number()
    found = queries.list_unreached(current_actor(), page)
    reads_each((line.person_id for line in found.lines if line.person_id), Look.DETAILS)
    names = {kind.key: kind.name for kind in kinds()}
    context = {"found": found, "page": page, "names": names, "troubles": TROUBLE_NAMES}
    return render("unreached/list_unreached.html", **context)


@blueprint.post("/messages/not-reached/<key:failure_id>/again")
@needs(Permission.NOTICES_UNREACHED)
def try_again(failure_id: str) -> ResponseReturnValue:
    """Try an address again: it was right after all, or its mailbox has room again."""
    send_again(queries.get_unreached(current_actor(), failure_id))
    flash(_("It is tried again. If it fails once more, it comes back to this list."))
    return see_other("unreached.list_unreached")
