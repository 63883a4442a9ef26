"""Use cases of the personal calendar: get an address, close it."""

from jobsearch.core.access import Actor
from jobsearch.desk.feed.rules import PURPOSE
from jobsearch.links.service import issue_link, revoke_links


def make_address(actor: Actor) -> str:
    """A new secret for the actor's own feed; the one before it opens nothing from now on."""
    revoke_links(PURPOSE, actor.membership_id)
    return issue_link(PURPOSE, actor.membership_id, expires_at=None, language=actor.language)


def close_address(actor: Actor) -> None:
    """Close the actor's feed; a calendar that follows it gets nothing any more."""
    revoke_links(PURPOSE, actor.membership_id)
