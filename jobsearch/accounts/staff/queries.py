"""What is asked of half sign-ins and one-time links of accounts."""

from dataclasses import dataclass

from sqlalchemy import func, select

from jobsearch.accounts.models import Account, AccountLink, Membership
from jobsearch.accounts.oidc.queries import may_use_password
from jobsearch.accounts.queries import last_acted_first
from jobsearch.accounts.rules import BY_PASSWORD, CLOCKS_DIFFER, LinkPurpose
from jobsearch.accounts.staff.models import HalfSignIn
from jobsearch.accounts.staff.rules import LINK_LIFETIMES
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.tokens import digest
from jobsearch.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Who has given the right password, and what is known of her account."""

    half: HalfSignIn
    membership: Membership
    account: Account
    is_demo: bool


def find_half_way(secret: str) -> HalfWay | None:
    """The living half sign-in of this browser, in an open membership of an open account."""
    statement = (
        select(HalfSignIn, Membership, Account, Organisation.demo_since)
        .join(Membership, HalfSignIn.membership_id == Membership.id)
        .join(Account, Membership.account_id == Account.id)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .where(
            HalfSignIn.secret_digest == digest(secret),
            HalfSignIn.spent_at.is_(None),
            HalfSignIn.expires_at >= now(),
            HalfSignIn.started_at <= now(),
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
        )
    )
    row = db.session.execute(statement).first()
    return HalfWay(row[0], row[1], row[2], row[3] is not None) if row else None


def find_live_link(secret: str, purposes: frozenset[LinkPurpose]) -> AccountLink | None:
    """The link of this secret and one of these purposes, if it may still be used; held.

    One that would still live for longer than links ever do was made after what the clock says: it
    was set back, and the link opens nothing.
    """
    at = now()
    statement = (
        select(AccountLink)
        .join(Account, AccountLink.account_id == Account.id)
        .where(
            AccountLink.secret_digest == digest(secret),
            AccountLink.purpose.in_(purposes),
            AccountLink.spent_at.is_(None),
            AccountLink.expires_at >= at,
            Account.closed_at.is_(None),
        )
        .with_for_update(of=AccountLink)
    )
    link = db.session.scalar(statement)
    if link is None or link.expires_at - at > LINK_LIFETIMES[link.purpose] + CLOCKS_DIFFER:
        return None
    return link


def count_live_links(account_id: str, purpose: LinkPurpose) -> int:
    """How many links of a purpose an account has that may still be used."""
    statement = select(func.count()).where(
        AccountLink.account_id == account_id,
        AccountLink.purpose == purpose,
        AccountLink.spent_at.is_(None),
        AccountLink.expires_at >= now(),
    )
    return db.session.scalar(statement) or 0


def find_staff_membership(account_id: str) -> Membership | None:
    """The open membership in which an account signs in with a password: that of last time.

    None of an organisation that wants its own provider used, but for its one exception.
    """
    statement = (
        select(Membership)
        .where(
            Membership.account_id == account_id,
            Membership.ended_at.is_(None),
            Membership.role.in_(BY_PASSWORD),
            may_use_password(),
        )
        .order_by(*last_acted_first())
        .limit(1)
    )
    return db.session.scalar(statement)


def organisations_of(account_id: str) -> frozenset[str]:
    """Every organisation in which the account has an open membership."""
    statement = select(Membership.organisation_id).where(
        Membership.account_id == account_id, Membership.ended_at.is_(None)
    )
    return frozenset(db.session.scalars(statement))
