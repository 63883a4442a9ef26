"""Use cases of members: change a role, end one, act in another of one's own."""

from datetime import datetime

from sqlalchemy import update

from jobsearch.accounts.factors.service import end_all as end_factors
from jobsearch.accounts.invitations.service import take_back_invitations_of
from jobsearch.accounts.members import queries
from jobsearch.accounts.members.mail import ROLE_CHANGED, ROLE_ENDED, tell
from jobsearch.accounts.members.rules import (
    ALWAYS_HELD,
    Acting,
    Held,
    check_change,
    check_end,
    check_help,
    check_switch,
    check_switch_by_provider,
)
from jobsearch.accounts.models import Membership, SignIn
from jobsearch.accounts.oidc.queries import may_sign_in_without_provider
from jobsearch.accounts.passkeys.service import end_all_passkeys
from jobsearch.accounts.queries import get_own_account, list_memberships
from jobsearch.accounts.recovery.service import start_again
from jobsearch.accounts.rules import is_alive
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible
from jobsearch.core.tokens import digest, new_secret


def acting(actor: Actor) -> Acting:
    """The actor as the rules of roles know her."""
    return Acting(actor.account_id, actor.role, actor.organisation_id)


def change_role(actor: Actor, membership_id: str, to: Role) -> Membership:
    """Give somebody another role in place of the one that she has; her sign-ins in it end at once.

    Returns the new membership; the old one stays as it was, with its end. Raises NotVisible,
    RuleBroken where the actor may not or nobody would be left to lead, and Conflict when either of
    the two has lost her role meanwhile.
    """
    member, holders = _hold(actor, membership_id)
    check_change(
        acting(actor),
        _held(member),
        to,
        holders=holders,
        has_it=queries.is_member(member.account_id, member.organisation_id, to),
    )
    at = now()
    _end(member, at)
    changed = Membership(
        account_id=member.account_id,
        organisation_id=member.organisation_id,
        role=to,
        began_at=at,
    )
    db.session.add(changed)
    db.session.flush()
    tell(ROLE_CHANGED, member.account, member.organisation_id, member.organisation.name)
    return changed


def end_membership(actor: Actor, membership_id: str) -> Membership:
    """Let somebody go: her sign-ins in this role end at once, what she did stays under her name.

    Without any other role her account is closed too, with everything that opens it. Raises as
    `change_role` does.
    """
    member, holders = _hold(actor, membership_id)
    check_end(acting(actor), _held(member), holders=holders)
    at = now()
    tell(ROLE_ENDED, member.account, member.organisation_id, member.organisation.name)
    _end(member, at)
    db.session.flush()
    if not list_memberships(member.account_id):
        end_factors(member.account_id)
        end_all_passkeys(member.account_id)
        member.account.password_hash = None
        member.account.closed_at = at
        db.session.flush()
    return member


def help_in(actor: Actor, membership_id: str) -> Membership:
    """Somebody has lost what she signs in with: all of it is made anew, by herself.

    Whoever helps sees no link and sets no password. Raises NotVisible, and RuleBroken for herself
    or for somebody whom the actor does not look after.
    """
    member = queries.get_member(actor, membership_id)
    check_help(acting(actor), _held(member))
    start_again(member.account_id)
    return member


def name_oneself(actor: Actor, name: str) -> None:
    """Choose the name that the others read; it changes where she acted before too.

    Raises NotVisible for a participant: hers is kept by her provider.
    """
    if actor.role is Role.PARTICIPANT:
        raise NotVisible
    get_own_account(actor.account_id).name = name
    db.session.flush()


def give_first_operator(account_id: str, organisation_id: str) -> None:
    """Make somebody the operator of an installation that has none; else change nothing."""
    if not queries.has_operator():
        db.session.add(
            Membership(
                account_id=account_id,
                organisation_id=organisation_id,
                role=Role.OPERATOR,
                began_at=now(),
            )
        )
        db.session.flush()


def _hold(actor: Actor, membership_id: str) -> tuple[Membership, int]:
    """The member and how many have her role, while nobody else can change either."""
    member = queries.get_member(actor, membership_id)
    holders = 0
    if member.role in ALWAYS_HELD:
        everywhere = member.role is Role.OPERATOR
        holders = queries.hold_holders(member.role, None if everywhere else member.organisation_id)
    if member.ended_at is not None:
        raise NotVisible
    if not queries.hold_open(member.id) or not queries.is_open(actor.membership_id):
        raise Conflict
    return member, holders


def _held(member: Membership) -> Held:
    return Held(member.account_id, member.role, member.organisation_id)


def _end(member: Membership, at: datetime) -> None:
    member.ended_at = at
    statement = update(SignIn).where(SignIn.membership_id == member.id, SignIn.ended_at.is_(None))
    db.session.execute(statement.values(ended_at=at))
    take_back_invitations_of(member.account_id, member.organisation_id, at)


def switch_role(actor: Actor, membership_id: str) -> str:
    """Act in another of one's own roles, and in that one alone; returns the new cookie's secret.

    The sign-in of before ends. The new one is no younger and no better proven than it was. Raises
    NotVisible for another's role, and RuleBroken where the role asks for a stronger sign-in.
    """
    role = next(
        (one for one in list_memberships(actor.account_id) if one.id == membership_id), None
    )
    if role is None:
        raise NotVisible
    before = db.session.get_one(SignIn, actor.sign_in_id)
    at, secret = now(), new_secret()
    alive = is_alive(role.role, before.started_at, before.last_seen_at, at)
    check_switch(role.role, before.way, before.stage, alive=alive)
    same = role.organisation_id == actor.organisation_id
    free = may_sign_in_without_provider(role.id)
    check_switch_by_provider(before.way, same_organisation=same, required=not free)
    before.ended_at = at
    db.session.add(
        SignIn(
            secret_digest=digest(secret),
            membership_id=role.id,
            device=before.device,
            started_at=before.started_at,
            last_seen_at=at,
            proven_at=before.proven_at,
            way=before.way,
            stage=before.stage,
            address_digest=before.address_digest,
        )
    )
    db.session.flush()
    return secret
