"""Who may give and take which role, what becomes of an invitation, and who is left to lead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.accounts.rules import BY_PASSWORD, Stage, Way
from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.organisations.rules import OrganisationKind

INVITATION_LIFETIME = timedelta(days=7)

_OF_A_TOWN = frozenset({Role.MUNICIPAL_COACH, Role.MUNICIPAL_ADMIN})

MAY_INVITE: dict[Role, frozenset[Role]] = {
    Role.MANAGER: frozenset({Role.MANAGER, Role.COACH, Role.PAYROLL_CLERK}) | _OF_A_TOWN,
    Role.OPERATOR: frozenset({Role.MANAGER, Role.OPERATOR}) | _OF_A_TOWN,
    Role.MUNICIPAL_ADMIN: frozenset({Role.MUNICIPAL_COACH}),
}
"""Whom a role may invite; the operator a manager only where there is none."""

MAY_CHANGE: dict[Role, frozenset[Role]] = {
    Role.MANAGER: frozenset({Role.MANAGER, Role.COACH, Role.PAYROLL_CLERK}),
}
"""From which role to which a role may move somebody else of its own organisation."""

MAY_END: dict[Role, frozenset[Role]] = {
    Role.MANAGER: MAY_CHANGE[Role.MANAGER],
    Role.OPERATOR: MAY_INVITE[Role.OPERATOR],
    Role.MUNICIPAL_ADMIN: MAY_INVITE[Role.MUNICIPAL_ADMIN],
}
"""Whose membership a role may end."""

ALWAYS_HELD = frozenset({Role.MANAGER, Role.OPERATOR})
"""Roles that an organisation, or the installation, never loses its last holder of."""

HOME_OF: dict[Role, OrganisationKind] = {
    Role.MANAGER: OrganisationKind.PROVIDER,
    Role.COACH: OrganisationKind.PROVIDER,
    Role.PAYROLL_CLERK: OrganisationKind.PROVIDER,
    Role.MUNICIPAL_COACH: OrganisationKind.MUNICIPALITY,
    Role.MUNICIPAL_ADMIN: OrganisationKind.MUNICIPALITY,
}
"""In which kind of organisation somebody has a role; an operator in any."""

_OFFERED = (
    Role.COACH,
    Role.PAYROLL_CLERK,
    Role.MANAGER,
    Role.MUNICIPAL_COACH,
    Role.MUNICIPAL_ADMIN,
    Role.OPERATOR,
)
"""The roles in the order in which they are offered."""

_NO_MANAGER_LEFT = N_("An organisation keeps at least one manager. Invite another manager first.")
_NO_OPERATOR_LEFT = N_("The installation keeps at least one operator. Invite another one first.")


class InvitationState(StrEnum):
    """Where an invitation is. Expired is not kept but follows from the time."""

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class InvitationStep(StrEnum):
    """What can be done to an invitation."""

    RESEND = "resend"
    REVOKE = "revoke"
    ACCEPT = "accept"


NEXT: dict[tuple[InvitationState, InvitationStep], InvitationState] = {
    (InvitationState.OPEN, InvitationStep.RESEND): InvitationState.OPEN,
    (InvitationState.OPEN, InvitationStep.REVOKE): InvitationState.REVOKED,
    (InvitationState.OPEN, InvitationStep.ACCEPT): InvitationState.ACCEPTED,
    (InvitationState.EXPIRED, InvitationStep.RESEND): InvitationState.OPEN,
    (InvitationState.EXPIRED, InvitationStep.REVOKE): InvitationState.REVOKED,
}

_WHY_NOT = {
    InvitationState.ACCEPTED: N_("This invitation has been accepted already."),
    InvitationState.REVOKED: N_("This invitation has been taken back."),
    InvitationState.EXPIRED: N_("This invitation is too old. Ask for a new one."),
}


@dataclass(frozen=True, slots=True)
class Acting:
    """Who gives or takes a role: her account, her role and her organisation."""

    account_id: str
    role: Role
    organisation_id: str


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody has in an organisation."""

    account_id: str
    role: Role
    organisation_id: str


def state_of(kept: InvitationState, expires_at: datetime, now: datetime) -> InvitationState:
    """Where an invitation is at this time: an open one that nobody answered in time has expired."""
    if kept is InvitationState.OPEN and expires_at <= now:
        return InvitationState.EXPIRED
    return kept


def take_step(state: InvitationState, step: InvitationStep) -> InvitationState:
    """The state after a step. Raises RuleBroken where the invitation allows it no more."""
    if (state, step) not in NEXT:
        raise RuleBroken(_WHY_NOT[state])
    return NEXT[state, step]


def check_invitation(
    acting: Acting, role: Role, organisation_id: str, kind: OrganisationKind, *, has_manager: bool
) -> None:
    """Refuse an invitation to a role that the actor may not give, or may not give there.

    Staff of a provider are invited by its own managers; the operator invites the first one.
    """
    if role not in MAY_INVITE.get(acting.role, frozenset()):
        raise RuleBroken(N_("You may not give this role."), field="role")
    if role in HOME_OF and HOME_OF[role] is not kind:
        raise RuleBroken(N_("This organisation has no such role."), field="role")
    elsewhere = organisation_id != acting.organisation_id
    kept_home = role is Role.OPERATOR or role in MAY_CHANGE.get(acting.role, ())
    if elsewhere and (kept_home or acting.role is Role.MUNICIPAL_ADMIN):
        raise RuleBroken(N_("You may invite people to your own organisation only."), field="role")
    if acting.role is Role.OPERATOR and role is Role.MANAGER and has_manager:
        raise RuleBroken(
            N_("This organisation has a manager. She invites the others."), field="role"
        )


def roles_to_offer(
    acting: Acting, organisation_id: str, kind: OrganisationKind, *, has_manager: bool
) -> tuple[Role, ...]:
    """The roles that the actor may invite somebody to there; none where she has no say."""
    offered = []
    for role in _OFFERED:
        try:
            check_invitation(acting, role, organisation_id, kind, has_manager=has_manager)
        except RuleBroken:
            continue
        offered.append(role)
    return tuple(offered)


def check_change(acting: Acting, held: Held, to: Role, *, holders: int, has_it: bool) -> None:
    """Refuse a change of role that the actor may not make, or that leaves nobody to lead.

    `holders` are all who have the role that is given up, this one too; `has_it` says whether she
    has the new role beside it already.
    """
    allowed = MAY_CHANGE.get(acting.role, frozenset())
    if held.organisation_id != acting.organisation_id or held.role not in allowed:
        raise RuleBroken(N_("You may not change this role."), field="role")
    if held.account_id == acting.account_id:
        raise RuleBroken(N_("Nobody changes her own role. Ask another manager."), field="role")
    if to not in allowed:
        raise RuleBroken(N_("You may not give this role."), field="role")
    if to is held.role or has_it:
        raise RuleBroken(N_("She has this role already."), field="role")
    _check_held(held.role, holders)


def check_end(acting: Acting, held: Held, *, holders: int) -> None:
    """Refuse the end of a membership that is not the actor's to end, or the last one to lead."""
    own = held.organisation_id == acting.organisation_id or acting.role is Role.OPERATOR
    if not own or held.role not in MAY_END.get(acting.role, frozenset()):
        raise RuleBroken(N_("You may not end this membership."))
    _check_held(held.role, holders)


def may_help(acting: Acting, held: Held) -> bool:
    """Whether the actor may let somebody begin anew with what she signs in with."""
    near = held.organisation_id == acting.organisation_id or acting.role is Role.OPERATOR
    looks_after = held.role in MAY_END.get(acting.role, frozenset()) & BY_PASSWORD
    return near and looks_after and held.account_id != acting.account_id


def check_help(acting: Acting, held: Held) -> None:
    """Refuse help in signing in to oneself, and to whom the actor does not look after."""
    if not may_help(acting, held):
        raise RuleBroken(N_("Ask another manager, or the operator, to help here."))


def _check_held(role: Role, holders: int) -> None:
    if role in ALWAYS_HELD and holders < 2:
        raise RuleBroken(_NO_MANAGER_LEFT if role is Role.MANAGER else _NO_OPERATOR_LEFT)


def check_switch(to: Role, way: Way, stage: Stage, *, alive: bool) -> None:
    """Refuse to act in a role that asks for a stronger or a younger sign-in than the one at hand.

    `alive` says whether the sign-in would still hold if it had been in that role all along.
    """
    strong = way not in (Way.CODE, Way.LINK) and stage is Stage.WHOLE
    if to in BY_PASSWORD and not (strong and alive):
        raise RuleBroken(N_("Sign in with your password to act in this role."))


def check_switch_by_provider(way: Way, *, same_organisation: bool, required: bool) -> None:
    """Refuse to carry a sign-in by one organisation's provider into another organisation.

    A provider is the word of one organisation about its own staff; who requires one is not content
    with another way.
    """
    if way is Way.PROVIDER and not same_organisation:
        raise RuleBroken(N_("Sign in again to act in another organisation."))
    if required and way is not Way.PROVIDER:
        raise RuleBroken(N_("This organisation wants its staff to come in by its own sign-in."))
