"""Pages of the personal calendar: how to follow it, and the feed itself."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.desk.feed import queries, service
from jobsearch.desk.feed.exports import entries_of, entries_of_interviews, entries_of_talks
from jobsearch.desk.feed.rules import PURPOSE
from jobsearch.links.queries import list_links
from jobsearch.web.calendars import MEDIA_TYPE, to_ics, version_of
from jobsearch.web.gate import by_link, current_actor, current_link, needs
from jobsearch.web.limits import at_most
from jobsearch.web.pages import flash, only_if_changed, render, see_other

blueprint = Blueprint("feed", __name__, url_prefix="/calendar")
_STAMP = datetime(2026, 1, 1, tzinfo=UTC)  # of the format; what changed is told by sequences


@blueprint.get("")
@needs(Permission.CALENDAR)
def show_address() -> ResponseReturnValue:
    """How to follow the own days in one's own calendar."""
    secret = session.pop("calendar", None)
    links = list_links(PURPOSE, current_actor().membership_id)
    return render(
        "feed/show_address.html",
        address=_address(secret) if secret else None,
        follows=any(link.revoked_at is None for link in links),
    )


def _address(secret: str) -> str:
    base: str = current_app.config["JOBSEARCH"].base_url
    return base + url_for("feed.read_feed", link_secret=secret)


@blueprint.post("")
@needs(Permission.CALENDAR)
@at_most("10 per hour")
def make_address() -> ResponseReturnValue:
    """A new address; the old one closes."""
    session["calendar"] = service.make_address(current_actor())
    return see_other("feed.show_address")


@blueprint.post("/close")
@needs(Permission.CALENDAR)
def close_address() -> ResponseReturnValue:
    """Close the address."""
    service.close_address(current_actor())
    flash(_("The address is closed. A calendar that followed it gets nothing any more."))
    return see_other("feed.show_address")


@blueprint.get("/<link_secret>.ics")
@by_link(PURPOSE)
@at_most("120 per hour")
def read_feed(link_secret: str) -> ResponseReturnValue:
    """The days of whoever holds the address, as a calendar reads them."""
    owner = queries.get_owner(current_link().subject_id)
    days = queries.list_feed_days(owner)
    entries = entries_of(days, queries.blocks_of(days), owner.language)
    here = owner.language, owner.zone
    entries += entries_of_talks(queries.list_feed_talks(owner), *here)
    entries += entries_of_interviews(queries.list_feed_interviews(owner), *here)
    version = version_of(entries)
    unchanged = only_if_changed(version)
    if unchanged is not None:
        return unchanged
    host = urlsplit(current_app.config["JOBSEARCH"].base_url).hostname or "localhost"
    content = to_ics(entries, name=owner.service_name, host=host, stamp=_STAMP)
    answer = Response(content, content_type=MEDIA_TYPE)
    answer.set_etag(version)
    return answer
