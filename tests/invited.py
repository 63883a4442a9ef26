"""Somebody who is invited to provider A: for tests that walk every page."""

from jobsearch.accounts.invitations.queries import PURPOSE
from jobsearch.accounts.invitations.service import invite
from jobsearch.core.access import Role
from jobsearch.links.service import issue_link
from tests.world import World


def invite_somebody(world: World, keys: dict[str, str], links: dict[str, str]) -> None:
    """An open invitation by Aino with a link to it, and Stig as a member; in a unit of work."""
    invitation = invite(
        world.aino.actor,
        email="new.coach@example.org",
        name="Nea Niemi",
        role=Role.COACH,
        organisation_id=world.a.organisation_id,
        language="en",
    )
    links[PURPOSE] = issue_link(PURPOSE, invitation.id, expires_at=invitation.expires_at)
    keys["invitation_id"] = invitation.id
    keys["membership_id"] = world.stig.actor.membership_id
    keys["organisation_id"] = world.a.organisation_id
