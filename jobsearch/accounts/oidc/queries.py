"""What is asked of identity providers and of whom they know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account, Membership
from jobsearch.accounts.oidc.models import IdentityProvider, IdentityTie, ProviderRequest
from jobsearch.accounts.oidc.rules import domain_of
from jobsearch.accounts.rules import BY_PASSWORD
from jobsearch.core.access import Role
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.tokens import digest
from jobsearch.organisations.models import Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class Door:
    """A provider as the sign-in page offers it."""

    provider_id: str
    name: str
    organisation: str


def list_doors(email: str) -> list[Door]:
    """The providers that speak for an address's domain: of the domain, whoever has the address."""
    domain = domain_of(email)
    statement = (
        select(
            IdentityProvider.id, IdentityProvider.name, Organisation.name, IdentityProvider.domains
        )
        .join(Organisation, IdentityProvider.organisation_id == Organisation.id)
        .where(IdentityProvider.ended_at.is_(None))
        .where(IdentityProvider.domains.contains(domain, autoescape=True))
        .order_by(Organisation.name, IdentityProvider.id)
        .limit(PAGE)
    )
    rows = db.session.execute(statement)
    return [Door(*row[:3]) for row in rows if domain in row[3].split()]


def find_provider(provider_id: str) -> IdentityProvider | None:
    """A living provider, whoever asks: for signing in."""
    return db.session.scalar(
        select(IdentityProvider).where(
            IdentityProvider.id == provider_id, IdentityProvider.ended_at.is_(None)
        )
    )


def get_provider(provider_id: str, organisation_id: str) -> IdentityProvider:
    """A living provider of the organisation. Raises NotVisible."""
    provider = find_provider(provider_id)
    if provider is None or provider.organisation_id != organisation_id:
        raise NotVisible
    return provider


def find_tied_account(provider_id: str, issuer: str, subject: str) -> Account | None:
    """The open account that a provider knows by this subject."""
    statement = (
        select(Account)
        .join(IdentityTie, IdentityTie.account_id == Account.id)
        .where(
            IdentityTie.provider_id == provider_id,
            IdentityTie.issuer == issuer,
            IdentityTie.subject == subject,
            Account.closed_at.is_(None),
        )
    )
    return db.session.scalar(statement)


def is_tied(provider_id: str, issuer: str, account_id: str, subject: str) -> bool:
    """Whether the provider knows this account, or this subject, by another one already."""
    statement = select(IdentityTie.id).where(
        IdentityTie.provider_id == provider_id,
        or_(
            IdentityTie.account_id == account_id,
            (IdentityTie.issuer == issuer) & (IdentityTie.subject == subject),
        ),
    )
    return db.session.scalar(statement) is not None


def find_staff_in(account_id: str, organisation_id: str) -> Membership | None:
    """The account's open membership as staff of exactly this organisation."""
    statement = (
        select(Membership)
        .where(
            Membership.account_id == account_id,
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Membership.role.in_(BY_PASSWORD - {Role.OPERATOR}),
        )
        .order_by(Membership.role, Membership.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def find_request(secret: str) -> ProviderRequest | None:
    """The errand of this browser, with its provider."""
    statement = (
        select(ProviderRequest)
        .where(ProviderRequest.request_digest == digest(secret))
        .options(joinedload(ProviderRequest.provider))
    )
    return db.session.scalar(statement)


def spend_request(request_id: str, at: datetime) -> bool:
    """Take an errand that nobody has taken; of two at once one gets it."""
    statement = (
        update(ProviderRequest)
        .where(ProviderRequest.id == request_id, ProviderRequest.spent_at.is_(None))
        .values(spent_at=at)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(statement).rowcount == 1  # type: ignore[attr-defined,no-any-return]


def may_use_password() -> ColumnElement[bool]:
    """Of a membership: its organisation does not require its provider of this account."""
    required = (
        select(IdentityProvider.id)
        .where(
            IdentityProvider.organisation_id == Membership.organisation_id,
            IdentityProvider.required_at.is_not(None),
            IdentityProvider.break_glass_id != Membership.account_id,
        )
        .correlate(Membership)
    )
    return or_(Membership.role == Role.OPERATOR, ~required.exists())


def may_sign_in_without_provider(membership_id: str) -> bool:
    """Whether a membership may be acted in after another sign-in than the provider's."""
    statement = select(Membership.id).where(
        Membership.id == membership_id,
        or_(Membership.role.not_in(BY_PASSWORD), may_use_password()),
    )
    return db.session.scalar(statement) is not None


def is_elsewhere_too(account_id: str, organisation_id: str) -> bool:
    """Whether the account has an open role in another organisation."""
    statement = select(Membership.id).where(
        Membership.account_id == account_id,
        Membership.organisation_id != organisation_id,
        Membership.ended_at.is_(None),
    )
    return db.session.scalar(statement) is not None
