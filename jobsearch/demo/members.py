"""The demo's office: its details, somebody with two roles, and invitations that wait."""

from datetime import timedelta

from sqlalchemy import select

from jobsearch.accounts.invitations.service import invite
from jobsearch.accounts.models import Membership
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.organisations.queries import get_organisation
from jobsearch.organisations.rules import OrganisationDetails
from jobsearch.organisations.service import edit_details

_SINCE = timedelta(days=400)
_INVITED = (
    ("Katri Koskela", "katri@example.org", Role.COACH, timedelta(days=9)),
    ("Mikael Berg", "mikael@example.org", Role.PAYROLL_CLERK, timedelta(days=1)),
)


def settle(manager: Actor) -> None:
    """Say who the provider is, let its manager coach too, and leave two invitations open.

    One of them has expired, so that the page shows what to do about it.
    """
    _say_who(manager)
    own = manager.organisation_id
    db.session.add(Membership(account_id=manager.account_id, organisation_id=own, role=Role.COACH))
    db.session.flush()
    members = select(Membership).where(Membership.organisation_id == own)
    for member in db.session.scalars(members):
        member.began_at = now() - _SINCE
    for name, email, role, ago in _INVITED:
        invitation = invite(
            manager,
            email=email,
            name=name,
            role=role,
            organisation_id=own,
            language="fi",
        )
        invitation.invited_at -= ago
        invitation.sent_at -= ago
        invitation.expires_at -= ago
    db.session.flush()


def _say_who(manager: Actor) -> None:
    provider = get_organisation(manager.organisation_id)
    edit_details(
        manager,
        None,
        OrganisationDetails(
            name=provider.name,
            service_name=provider.service_name,
            business_id=provider.business_id,
            street="Esimerkkikatu 1",
            postal_code="28100",
            city="Pori",
            phone="+35820000000",
            email="toimisto@example.org",
            privacy_name="Olli Mäntylä",
            privacy_email="tietosuoja@example.org",
        ),
    )
