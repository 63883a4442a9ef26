"""The pages on which a participant sees who has looked at what of hers, and what went outside."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.core.looks import sentence_of
from jobsearch.desk.seen_by import queries
from jobsearch.desk.seen_by.forms import FilterForm, name_of
from jobsearch.desk.seen_by.rules import KEPT_YEARS, OUTSIDE, by_day
from jobsearch.notices.setting import kinds
from jobsearch.organisations.queries import get_organisation
from jobsearch.people.queries import get_person
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import page_number, render

blueprint = Blueprint("seen_by", __name__)

_WORDS = {"sentence_of": sentence_of, "name_of": name_of, "years": KEPT_YEARS}


@blueprint.get("/seen-by")
@needs(Permission.MY_DAY)
def list_looks() -> ResponseReturnValue:
    """Who has looked at what of the participant's own, the newest first."""
    actor, form, page = current_actor(), FilterForm(request.args), page_number()
    seen = queries.list_seen(actor, form.who.data or "", form.what.data or "", page)
    form.offer(seen.readers, seen.kinds)
    shown = {"seen": seen, "days": by_day(seen.lines), "page": page, "filters": form}
    provider, me = get_organisation(actor.organisation_id), get_person(actor.person_id or "")
    return render("seen_by/list_looks.html", provider=provider, me=me, **shown, **_WORDS)


@blueprint.get("/seen-by/sent")
@needs(Permission.MY_DAY)
def list_sent() -> ResponseReturnValue:
    """What of the participant's own left the house, the newest first."""
    actor, page = current_actor(), page_number()
    sent = queries.list_sent(actor, page)
    names = {kind.key: kind.name for kind in kinds()}
    shown = {"sent": sent, "days": by_day(sent.lines), "page": page}
    return render("seen_by/list_sent.html", **shown, outside=OUTSIDE, names=names)
