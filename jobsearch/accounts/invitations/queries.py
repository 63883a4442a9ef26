"""What is asked of invitations."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload

from jobsearch.accounts.invitations.models import Invitation
from jobsearch.accounts.members.rules import InvitationState, state_of
from jobsearch.accounts.models import Account
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation

PURPOSE = "accounts.invitation"
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation that nobody has answered, as the list shows it."""

    id: str
    name: str
    email: str
    role: Role
    organisation: str
    invited_by: str
    sent_at: datetime
    times_sent: int
    expires_at: datetime

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= now()


def list_open_invitations(actor: Actor) -> list[InvitationLine]:
    """Invitations that wait for an answer, or did in vain; the newest first."""
    statement = (
        select(
            Invitation.id,
            Invitation.name,
            Invitation.email,
            Invitation.role,
            Organisation.name,
            Account.name,
            Invitation.sent_at,
            Invitation.times_sent,
            Invitation.expires_at,
        )
        .join(Organisation, Invitation.organisation_id == Organisation.id)
        .join(Account, Invitation.invited_by_id == Account.id)
        .where(Invitation.state == InvitationState.OPEN, _visible(actor))
        .order_by(Invitation.sent_at.desc(), Invitation.id)
        .limit(MOST_SHOWN)
    )
    return [InvitationLine(*row) for row in db.session.execute(statement)]


def _visible(actor: Actor) -> ColumnElement[bool]:
    """The manager's are those to her organisation and from it; the operator's are all."""
    if actor.role is Role.OPERATOR:
        return true()
    own = actor.organisation_id
    return or_(Invitation.organisation_id == own, Invitation.inviting_id == own)


def get_invitation(actor: Actor, invitation_id: str) -> Invitation:
    """An invitation that the actor looks after, held. Raises NotVisible."""
    return _held(Invitation.id == invitation_id, _visible(actor))


def get_invitation_to(email: str | None, invitation_id: str) -> Invitation:
    """An invitation to this address, held. Raises NotVisible."""
    return _held(Invitation.id == invitation_id, Invitation.email == (email or ""))


def get_invitation_by_link(invitation_id: str) -> Invitation:
    """The invitation that a link opens, held. Raises NotVisible."""
    return _held(Invitation.id == invitation_id)


def _held(*conditions: ColumnElement[bool]) -> Invitation:
    statement = (
        select(Invitation)
        .where(*conditions)
        .options(joinedload(Invitation.organisation))
        .with_for_update(of=Invitation)
    )
    invitation = db.session.scalar(statement)
    if invitation is None:
        raise NotVisible
    return invitation


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation says to whoever is invited."""

    id: str
    organisation: str
    service_name: str
    role: Role
    name: str
    email: str
    invited_by: str
    expires_at: datetime
    state: InvitationState


def get_offer(invitation_id: str) -> Offer:
    """What the page behind a link shows. Raises NotVisible."""
    offers = _offers(Invitation.id == invitation_id)
    if not offers:
        raise NotVisible
    return offers[0]


def list_offers(email: str | None) -> list[Offer]:
    """The invitations to an address that can be accepted now."""
    if not email:
        return []
    waiting = _offers(Invitation.email == email, Invitation.state == InvitationState.OPEN)
    return [offer for offer in waiting if offer.state is InvitationState.OPEN]


def _offers(*conditions: ColumnElement[bool]) -> list[Offer]:
    statement = (
        select(
            Invitation.id,
            Organisation.name,
            Organisation.service_name,
            Invitation.role,
            Invitation.name,
            Invitation.email,
            Account.name,
            Invitation.expires_at,
            Invitation.state,
        )
        .join(Organisation, Invitation.organisation_id == Organisation.id)
        .join(Account, Invitation.invited_by_id == Account.id)
        .where(*conditions)
        .order_by(Invitation.sent_at.desc(), Invitation.id)
        .limit(20)
    )
    at = now()
    return [
        Offer(*row[:-1], state_of(row.state, row.expires_at, at))
        for row in db.session.execute(statement)
    ]


def is_invited(email: str, organisation_id: str, role: Role) -> bool:
    """Whether an invitation of this kind is open, or has expired unanswered."""
    statement = select(Invitation.id).where(
        Invitation.email == email,
        Invitation.organisation_id == organisation_id,
        Invitation.role == role,
        Invitation.state == InvitationState.OPEN,
    )
    return db.session.scalar(statement) is not None


def list_open_from(account_id: str, inviting_id: str) -> list[Invitation]:
    """The unanswered invitations that somebody has sent for an organisation."""
    statement = select(Invitation).where(
        Invitation.invited_by_id == account_id,
        Invitation.inviting_id == inviting_id,
        Invitation.state == InvitationState.OPEN,
    )
    return list(db.session.scalars(statement))
