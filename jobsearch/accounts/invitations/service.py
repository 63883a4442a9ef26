"""Use cases of invitations: send one, send it again, take it back, accept it."""

from datetime import datetime

from jobsearch.accounts.codes.queries import has_shown
from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.invitations import queries
from jobsearch.accounts.invitations.mail import send_invitation
from jobsearch.accounts.invitations.models import Invitation
from jobsearch.accounts.invitations.queries import PURPOSE
from jobsearch.accounts.members.queries import has_holder, is_member
from jobsearch.accounts.members.rules import (
    INVITATION_LIFETIME,
    Acting,
    InvitationState,
    InvitationStep,
    check_invitation,
    roles_to_offer,
    state_of,
    take_step,
)
from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.queries import find_account, get_own_account, list_memberships
from jobsearch.accounts.rules import BY_PASSWORD
from jobsearch.accounts.service import new_link
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.spellings import email_address
from jobsearch.core.text import mark as N_
from jobsearch.links.service import issue_link, revoke_links, spend_link
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.queries import get_organisation

_OWN = N_("Nobody gives herself a role. Ask another manager.")
_SHOW_FIRST = N_("Sign out and in again with a code sent to %(email)s, then accept.")
_SIGN_IN_FIRST = N_("There is an account of this address already. Sign in to accept.")


def roles_offered(actor: Actor, organisation_id: str) -> tuple[Role, ...]:
    """The roles that the actor may invite somebody to there. Raises NotVisible where none."""
    organisation = get_organisation(organisation_id)
    roles = roles_to_offer(
        Acting(actor.account_id, actor.role, actor.organisation_id),
        organisation.id,
        organisation.kind,
        has_manager=has_holder(Role.MANAGER, organisation.id),
    )
    if not roles:
        raise NotVisible
    return roles


def invite(
    actor: Actor,
    *,
    email: str,
    name: str,
    role: Role,
    organisation_id: str,
    language: str,
) -> Invitation:
    """Invite somebody to a role for seven days; she gets a link that works once.

    Whether the address has an account already nobody learns who does not know it. Raises
    NotVisible for an unknown organisation; RuleBroken for a role that the actor may not give, for
    her own address, and for somebody who has the role or is invited to it.
    """
    address = email_address(email)
    if address is None:
        raise RuleBroken(
            N_("Enter an e-mail address, for example name@example.org."), field="email"
        )
    organisation = get_organisation(organisation_id)
    _check(actor, role, organisation)
    _check_address(actor, address, role, organisation_id)
    at = now()
    invitation = Invitation(
        organisation=organisation,
        inviting_id=actor.organisation_id,
        email=address,
        name=name,
        role=role,
        language=language,
        invited_by_id=actor.account_id,
        invited_at=at,
        sent_at=at,
        expires_at=at + INVITATION_LIFETIME,
    )
    db.session.add(invitation)
    db.session.flush()
    _send(invitation)
    return invitation


def resend(actor: Actor, invitation_id: str) -> Invitation:
    """Send an invitation again with a new link and seven new days; older links open nothing.

    Raises NotVisible, and RuleBroken when it is answered or the actor may not send it any more.
    """
    invitation = queries.get_invitation(actor, invitation_id)
    invitation.state = take_step(_state(invitation), InvitationStep.RESEND)
    _check(actor, invitation.role, invitation.organisation)
    invitation.sent_at = now()
    invitation.expires_at = invitation.sent_at + INVITATION_LIFETIME
    invitation.times_sent += 1
    revoke_links(PURPOSE, invitation.id)
    _send(invitation)
    db.session.flush()
    return invitation


def revoke(actor: Actor, invitation_id: str) -> Invitation:
    """Take an invitation back; its link opens nothing from now on. Raises as `resend` does."""
    invitation = queries.get_invitation(actor, invitation_id)
    _settle(invitation, InvitationStep.REVOKE, now())
    db.session.flush()
    return invitation


def take_back_invitations_of(account_id: str, organisation_id: str, at: datetime) -> None:
    """Nobody comes in on the word of somebody who has left, or has another role now."""
    for invitation in queries.list_open_from(account_id, organisation_id):
        _settle(invitation, InvitationStep.REVOKE, at)


def accept_as_new(invitation_id: str, link_id: str) -> str | None:
    """Make the account of somebody who has none, in the role that she was invited to.

    The caller holds the invitation's link. Returns the secret of the link by which she chooses her
    password, or None for a role that signs in by code. Raises RuleBroken when the invitation is
    answered or too old, or when there is an account of this address: then she signs in first.
    """
    invitation = queries.get_invitation_by_link(invitation_id)
    take_step(_state(invitation), InvitationStep.ACCEPT)
    if find_account(invitation.email) is not None:
        raise RuleBroken(_SIGN_IN_FIRST)
    account = Account(email=invitation.email, name=invitation.name, language=invitation.language)
    db.session.add(account)
    db.session.flush()
    _join(invitation, account)
    spend_link(link_id)
    return _password_link(account, invitation.role)


def accept(actor: Actor, invitation_id: str) -> str | None:
    """Take one role more, by somebody who is signed in; her other roles stay as they are.

    Returns what `accept_as_new` does, None also where she has a password. Raises NotVisible for
    an invitation to another address; RuleBroken when it is answered, too old, or her own, and for
    a participant who has not shown lately that its messages come to her.
    """
    account = get_own_account(actor.account_id)
    invitation = queries.get_invitation_to(account.email, invitation_id)
    take_step(_state(invitation), InvitationStep.ACCEPT)
    _check_reads(account, invitation.email)
    if invitation.invited_by_id == account.id:
        raise RuleBroken(_OWN)
    _join(invitation, account)
    return None if account.password_hash else _password_link(account, invitation.role)


def _check_reads(account: Account, email: str) -> None:
    """A participant's address is what she or her provider wrote; nobody has looked who reads it."""
    is_written = all(one.role is Role.PARTICIPANT for one in list_memberships(account.id))
    if is_written and not has_shown(account.id, Address(email=email)):
        raise RuleBroken(_SHOW_FIRST, email=email)


def _check_address(actor: Actor, address: str, role: Role, organisation_id: str) -> None:
    if address == get_own_account(actor.account_id).email:
        raise RuleBroken(_OWN, field="email")
    account = find_account(address)
    if account is not None and is_member(account.id, organisation_id, role):
        raise RuleBroken(N_("Somebody with this address has this role already."), field="email")
    if queries.is_invited(address, organisation_id, role):
        raise RuleBroken(
            N_("This address is invited already. Send the invitation again from the list."),
            field="email",
        )


def _check(actor: Actor, role: Role, organisation: Organisation) -> None:
    check_invitation(
        Acting(actor.account_id, actor.role, actor.organisation_id),
        role,
        organisation.id,
        organisation.kind,
        has_manager=has_holder(Role.MANAGER, organisation.id),
    )


def _state(invitation: Invitation) -> InvitationState:
    return state_of(invitation.state, invitation.expires_at, now())


def _settle(invitation: Invitation, step: InvitationStep, at: datetime) -> None:
    invitation.state = take_step(_state(invitation), step)
    invitation.settled_at = at
    revoke_links(PURPOSE, invitation.id)


def _join(invitation: Invitation, account: Account) -> None:
    at = now()
    if not is_member(account.id, invitation.organisation_id, invitation.role):
        db.session.add(
            Membership(
                account_id=account.id,
                organisation_id=invitation.organisation_id,
                role=invitation.role,
                began_at=at,
            )
        )
    invitation.state, invitation.settled_at = InvitationState.ACCEPTED, at
    invitation.account_id = account.id
    db.session.flush()


def _password_link(account: Account, role: Role) -> str | None:
    return new_link(account) if role in BY_PASSWORD else None


def _send(invitation: Invitation) -> None:
    secret = issue_link(
        PURPOSE,
        invitation.id,
        expires_at=invitation.expires_at,
        language=invitation.language,
        organisation_id=invitation.inviting_id,
    )
    send_invitation(invitation, secret)
