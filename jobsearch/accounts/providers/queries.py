"""What a manager is shown of her organisation's provider."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.oidc.models import IdentityProvider, IdentityTie
from jobsearch.core.access import Role
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible

PAGE = 50


@dataclass(frozen=True, slots=True)
class Tied:
    """One of the staff whom a provider knows."""

    id: str
    name: str
    email: str | None
    tied_at: datetime


def list_providers(organisation_id: str) -> list[IdentityProvider]:
    """The organisation's living providers."""
    statement = (
        select(IdentityProvider)
        .where(
            IdentityProvider.organisation_id == organisation_id,
            IdentityProvider.ended_at.is_(None),
        )
        .order_by(IdentityProvider.name, IdentityProvider.id)
        .limit(PAGE)
    )
    return list(db.session.scalars(statement))


def count_ties(provider_ids: list[str]) -> dict[str, int]:
    """How many accounts each provider knows."""
    statement = (
        select(IdentityTie.provider_id, func.count())
        .where(IdentityTie.provider_id.in_(provider_ids))
        .group_by(IdentityTie.provider_id)
    )
    rows = db.session.execute(statement)
    return {row[0]: row[1] for row in rows}


def count_pages(provider_id: str) -> int:
    """How many pages the accounts fill that a provider knows, one at least."""
    return max(1, -(-count_ties([provider_id]).get(provider_id, 0) // PAGE))


def list_tied(provider_id: str, page: int) -> list[Tied]:
    """A page of the accounts that a provider knows."""
    statement = (
        select(IdentityTie.id, Account.name, Account.email, IdentityTie.tied_at)
        .join(Account, IdentityTie.account_id == Account.id)
        .where(IdentityTie.provider_id == provider_id)
        .order_by(Account.name, IdentityTie.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [Tied(*row) for row in db.session.execute(statement)]


def list_ties(provider_id: str) -> list[IdentityTie]:
    """Every account that a provider knows, as it is kept."""
    statement = select(IdentityTie).where(IdentityTie.provider_id == provider_id)
    return list(db.session.scalars(statement.order_by(IdentityTie.id)))


def get_tie(tie_id: str, organisation_id: str) -> IdentityTie:
    """A tie of one of the organisation's providers. Raises NotVisible."""
    statement = (
        select(IdentityTie)
        .join(IdentityProvider, IdentityTie.provider_id == IdentityProvider.id)
        .where(IdentityTie.id == tie_id, IdentityProvider.organisation_id == organisation_id)
    )
    tie = db.session.scalar(statement)
    if tie is None:
        raise NotVisible
    return tie


def list_managers(organisation_id: str) -> list[tuple[str, str]]:
    """Accounts and names of the organisation's managers, to choose from."""
    return [(account.id, account.name) for account in list_manager_accounts(organisation_id)]


def list_manager_accounts(organisation_id: str) -> list[Account]:
    """The organisation's managers."""
    statement = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.MANAGER,
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
        .order_by(Account.name, Account.id)
        .limit(PAGE)
    )
    return list(db.session.scalars(statement))
