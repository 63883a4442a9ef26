"""What is asked of members: who they are, and who else has the same role."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.invitations.models import Invitation
from jobsearch.accounts.members.rules import InvitationState
from jobsearch.accounts.models import Account, Membership
from jobsearch.core.access import Actor, Role
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation
from jobsearch.organisations.queries import list_organisations
from jobsearch.organisations.rules import OrganisationKind

PAGE = 50


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One role of one account in one organisation, as the list shows it."""

    id: str
    account_id: str
    name: str
    email: str | None
    role: Role
    organisation: str
    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Members:
    """One page of the list, and how many there are in all."""

    lines: list[MemberLine]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list is one page."""
        return max(1, -(-self.count // PAGE))


def list_members(actor: Actor, page: int, *, ended: bool = False) -> Members:
    """Members whom the actor looks after, by organisation and name; never a participant."""
    past = Membership.ended_at.is_not(None) if ended else Membership.ended_at.is_(None)
    found = (*_visible(actor), past)
    statement = (
        select(
            Membership.id,
            Account.id,
            Account.name,
            Account.email,
            Membership.role,
            Organisation.name,
            Membership.began_at,
            Membership.ended_at,
        )
        .join(Account, Membership.account_id == Account.id)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .where(*found)
        .order_by(Organisation.name, Account.name, Membership.role, Membership.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [MemberLine(*row) for row in db.session.execute(statement)]
    count = db.session.scalar(select(func.count(Membership.id)).where(*found)) or 0
    return Members(lines, count)


def _visible(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The manager's own organisation; for the operator all. Participants are nobody's here."""
    staff = Membership.role != Role.PARTICIPANT
    if actor.role is Role.OPERATOR:
        return (staff,)
    return (staff, Membership.organisation_id == actor.organisation_id)


def get_member(actor: Actor, membership_id: str) -> Membership:
    """A member whom the actor looks after, with account and organisation. Raises NotVisible."""
    statement = (
        select(Membership)
        .where(Membership.id == membership_id, *_visible(actor))
        .options(joinedload(Membership.account), joinedload(Membership.organisation))
    )
    member = db.session.scalar(statement)
    if member is None:
        raise NotVisible
    return member


def hold_holders(role: Role, organisation_id: str | None) -> int:
    """How many have a role, in an organisation or in all of them; none of them can lose it now.

    Whoever else takes or ends the same role waits until this unit of work is over.
    """
    statement = (
        select(Membership.id)
        .where(Membership.role == role, Membership.ended_at.is_(None))
        .order_by(Membership.id)
        .with_for_update()
    )
    if organisation_id is not None:
        statement = statement.where(Membership.organisation_id == organisation_id)
    return len(db.session.scalars(statement).all())


def hold_open(membership_id: str) -> bool:
    """Whether a membership holds; if so, nobody else can end it in this unit of work's time."""
    statement = (
        select(Membership.id)
        .where(Membership.id == membership_id, Membership.ended_at.is_(None))
        .with_for_update()
    )
    return db.session.scalar(statement) is not None


def has_holder(role: Role, organisation_id: str) -> bool:
    """Whether anybody has this role in the organisation."""
    return any_holder(Membership.organisation_id == organisation_id, Membership.role == role)


def has_operator() -> bool:
    """Whether the installation has an operator."""
    return any_holder(Membership.role == Role.OPERATOR)


def is_member(account_id: str, organisation_id: str, role: Role) -> bool:
    """Whether an account has this role in this organisation now."""
    return any_holder(
        Membership.account_id == account_id,
        Membership.organisation_id == organisation_id,
        Membership.role == role,
    )


def any_holder(*conditions: ColumnElement[bool]) -> bool:
    """Whether there is an open membership of this kind."""
    found = select(Membership.id).where(Membership.ended_at.is_(None), *conditions).limit(1)
    return db.session.scalar(found) is not None


def is_open(membership_id: str) -> bool:
    """Whether a membership holds now, also when another unit of work has ended it meanwhile."""
    return any_holder(Membership.id == membership_id)


@dataclass(frozen=True, slots=True)
class OwnRole:
    """One of the actor's own roles, to act in."""

    membership_id: str
    role: Role
    organisation: str
    is_now: bool


def list_own_roles(actor: Actor) -> list[OwnRole]:
    """Every role that the actor's account has, the present one first."""
    statement = (
        select(Membership.id, Membership.role, Organisation.name)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .where(Membership.account_id == actor.account_id, Membership.ended_at.is_(None))
        .order_by(
            Membership.id != actor.membership_id, Organisation.name, Membership.role, Membership.id
        )
        .limit(50)
    )
    rows = db.session.execute(statement)
    return [OwnRole(key, role, name, key == actor.membership_id) for key, role, name in rows]


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality and the names of its coaches."""

    id: str
    name: str
    coaches: list[str]


def list_towns(actor: Actor) -> list[Town]:
    """The municipalities with who can be named as somebody's coach there; two statements.

    A municipality's administrator sees her own.
    """
    own = actor.organisation_id if actor.role is Role.MUNICIPAL_ADMIN else None
    towns = {
        one.id: Town(one.id, one.name, [])
        for one in list_organisations(OrganisationKind.MUNICIPALITY)
        if own in (None, one.id)
    }
    statement = (
        select(Membership.organisation_id, Account.name)
        .join(Account, Membership.account_id == Account.id)
        .where(Membership.role == Role.MUNICIPAL_COACH, Membership.ended_at.is_(None))
        .order_by(Account.name, Membership.id)
        .limit(2000)
    )
    for organisation_id, name in db.session.execute(statement):
        if organisation_id in towns:
            towns[organisation_id].coaches.append(name)
    return list(towns.values())


@dataclass(frozen=True, slots=True)
class Office:
    """One organisation of the installation, and how many people work in it."""

    id: str
    name: str
    kind: OrganisationKind
    business_id: str | None
    managers: int
    members: int
    invited: int


def list_offices() -> list[Office]:
    """Every organisation, providers first; one statement however many there are."""
    held = Membership.organisation_id == Organisation.id, Membership.ended_at.is_(None)
    counted = select(func.count(Membership.id)).where(*held).correlate(Organisation)
    invited = select(func.count(Invitation.id)).where(
        Invitation.organisation_id == Organisation.id, Invitation.state == InvitationState.OPEN
    )
    statement = (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.kind,
            Organisation.business_id,
            counted.where(Membership.role == Role.MANAGER).scalar_subquery(),
            counted.where(Membership.role != Role.PARTICIPANT).scalar_subquery(),
            invited.correlate(Organisation).scalar_subquery(),
        )
        .order_by(Organisation.kind.desc(), Organisation.name, Organisation.id)
        .limit(500)
    )
    return [Office(*row) for row in db.session.execute(statement)]
