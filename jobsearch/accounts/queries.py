"""What is asked of accounts, memberships and sign-ins."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import ScalarSelect, SQLColumnExpression, bindparam, case, func, select
from sqlalchemy.orm import aliased

from jobsearch.accounts.codes.rules import Address
from jobsearch.accounts.models import Account, Membership, SignIn
from jobsearch.core.access import Role
from jobsearch.core.db import connection, db
from jobsearch.core.prepared import Prepared
from jobsearch.core.tokens import digest
from jobsearch.organisations.models import Organisation
from jobsearch.people.restrictions.models import ProcessingRestriction

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_BY_RANK = (
    Role.MANAGER,
    Role.COACH,
    Role.PAYROLL_CLERK,
    Role.OPERATOR,
    Role.MUNICIPAL_COACH,
    Role.MUNICIPAL_ADMIN,
    Role.PARTICIPANT,
)
_OTHER = aliased(Membership)
_OTHER_ROLES = (
    select(func.count(_OTHER.id))
    .where(
        _OTHER.account_id == Membership.account_id,
        _OTHER.id != Membership.id,
        _OTHER.ended_at.is_(None),
    )
    .correlate(Membership)
    .scalar_subquery()
)
# so few rows stand open that every page can ask whether there are any at all
_RESTRICTED = (
    select(func.count(ProcessingRestriction.id))
    .where(
        ProcessingRestriction.organisation_id == Membership.organisation_id,
        ProcessingRestriction.ended_at.is_(None),
    )
    .correlate(Membership)
    .scalar_subquery()
)
_WHO = (
    select(
        SignIn.id,
        SignIn.started_at,
        SignIn.last_seen_at,
        SignIn.proven_at,
        SignIn.stage,
        Membership.id.label("membership_id"),
        Membership.role,
        Membership.organisation_id,
        Membership.person_id,
        Membership.unread,
        _OTHER_ROLES.label("other_roles"),
        _RESTRICTED.label("restricted"),
        Account.id.label("account_id"),
        Account.name,
        Account.language,
        Organisation.zone,
        Organisation.service_name,
        Organisation.demo_since,
    )
    .join(Membership, SignIn.membership_id == Membership.id)
    .join(Account, Membership.account_id == Account.id)
    .join(Organisation, Membership.organisation_id == Organisation.id)
    .where(
        SignIn.secret_digest == bindparam("secret_digest"),
        SignIn.ended_at.is_(None),
        Membership.ended_at.is_(None),
        Account.closed_at.is_(None),
    )
)


def find_sign_in(
    secret: str, rider: ScalarSelect[Any] | None = None, asked: Mapping[str, Any] = _NOTHING
) -> Any:
    """The living sign-in of a cookie's secret with everything that an actor is made of.

    A rider is one more thing that the page wants to know, in the same statement; `asked` are its
    values. Asked before the session has a scope, of tables that belong to no organisation.
    """
    values = {"secret_digest": digest(secret), **asked}
    return _who(rider).first_of_no_provider(connection(), values)


@cache
def _who(rider: ScalarSelect[Any] | None) -> Prepared:
    return Prepared(_WHO if rider is None else _WHO.add_columns(rider.label("rider")))


def find_account(email: str) -> Account | None:
    """The open account of an e-mail address."""
    return find_account_by(Address(email=email))


def find_account_by(address: Address) -> Account | None:
    """The open account of an address; nobody has an empty one."""
    if not address.text:
        return None
    own = Account.email == address.email if address.email else Account.phone == address.phone
    return db.session.scalar(select(Account).where(own, Account.closed_at.is_(None)))


def get_own_account(account_id: str) -> Account:
    """The actor's own account."""
    return db.session.scalars(select(Account).where(Account.id == account_id)).one()


def list_memberships(account_id: str) -> list[Membership]:
    """The account's open memberships, in the order they are offered."""
    statement = (
        select(Membership)
        .where(Membership.account_id == account_id, Membership.ended_at.is_(None))
        .order_by(*last_acted_first())
    )
    return list(db.session.scalars(statement))


def list_other_roles(member: Membership) -> list[Membership]:
    """The open memberships that an account has beside this one."""
    return [one for one in list_memberships(member.account_id) if one.id != member.id]


def last_acted_first() -> tuple[SQLColumnExpression[Any], ...]:
    """The order of an account's roles: the one that it acted in last, then by what they lead."""
    used = (
        select(func.max(SignIn.last_seen_at))
        .where(SignIn.membership_id == Membership.id)
        .correlate(Membership)
        .scalar_subquery()
    )
    rank = case({role.value: at for at, role in enumerate(_BY_RANK)}, value=Membership.role)
    return (used.is_(None), used.desc(), rank, Membership.id)


def find_membership_of_person(person_id: str) -> Membership | None:
    """The open membership of a participant."""
    statement = select(Membership).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    return db.session.scalar(statement)


def is_another(account_id: str, organisation_id: str, person_id: str) -> bool:
    """Whether the account is, or was, another participant of this organisation."""
    statement = select(Membership.id).where(
        Membership.account_id == account_id,
        Membership.organisation_id == organisation_id,
        Membership.role == Role.PARTICIPANT,
        Membership.person_id != person_id,
    )
    return db.session.scalar(statement) is not None
