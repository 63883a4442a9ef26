"""Use cases of the way to what was sent: lay it, and send a code to the permission's address."""

from datetime import date, datetime

from jobsearch.accounts.codes.service import Asked, ask_for_code
from jobsearch.analyses.models import Release
from jobsearch.analyses.receiving import queries
from jobsearch.analyses.receiving.rules import PURPOSE, link_ends
from jobsearch.core.clock import HOME
from jobsearch.core.errors import NotVisible
from jobsearch.links.service import issue_link


def issue_way_in(release: Release, valid_to: date) -> tuple[str, datetime]:
    """A link to a release, and when it ends; by itself it opens nothing."""
    ends = link_ends(release.released_at, valid_to, HOME)
    secret = issue_link(
        PURPOSE, release.id, expires_at=ends, organisation_id=release.organisation_id
    )
    return secret, ends


def send_code(release_id: str, *, may_send: bool) -> Asked:
    """Send a code to the address that the consent names, and to no other.

    Raises NotVisible when nothing opens to that address any more.
    """
    waiting = queries.get_waiting(release_id)
    if waiting.closed is not None:
        raise NotVisible
    return ask_for_code(waiting.address.text, may_send=may_send)
