"""Tables of accounts: who signs in, as what, and the sign-ins themselves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnClause, ForeignKey, Index, String, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.rules import LinkPurpose, Stage, Way
from jobsearch.core.access import Role
from jobsearch.core.db import UTC, Audited, Base, Key, Versioned, enum_type, impersonal, personal
from jobsearch.organisations.models import Organisation

_SIGN_IN = personal(
    purpose="to let the person in and to say who did what",
    basis="contract or duty (GDPR art. 6(1)(b), (e)); act 906/2019 section 17",
    retention="until the account is closed, then two years",
    sees="the person, manager of the organisation, operator",
)
_TRACE = personal(
    purpose="to show the person her own sign-ins and to end them",
    basis="security of processing (GDPR art. 32)",
    retention="90 days after the sign-in ends",
    sees="the person",
)

_OF_A_SECRET = impersonal("the life of a one-time secret; deleted with it")


def _one_open(address: str) -> Index:
    open_one: ColumnClause[bool] = literal_column("closed_at IS NULL")
    return Index(
        f"uq_account_{address}_open",
        address,
        unique=True,
        sqlite_where=open_one,
        postgresql_where=open_one,
    )


class Account(Audited, Versioned, Base):
    """Someone who signs in, by an e-mail address, a phone number or both.

    What she may do is in her memberships.
    """

    __tablename__ = "account"
    __table_args__ = (
        # without an address nobody could be let in
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="address"),
        # an open account's address opens no other; a number that was given up may be somebody's
        _one_open("email"),
        _one_open("phone"),
    )

    id: Mapped[Key]
    email: Mapped[str | None] = mapped_column(String(254), info=_SIGN_IN)
    phone: Mapped[str | None] = mapped_column(String(20), info=_SIGN_IN)
    name: Mapped[str] = mapped_column(String(120), info=_SIGN_IN)
    password_hash: Mapped[str | None] = mapped_column(String(160), info={"secret": True})
    language: Mapped[str] = mapped_column(String(2), default="fi", info=_SIGN_IN)
    closed_at: Mapped[datetime | None] = mapped_column(info=_SIGN_IN)


class Membership(Audited, Base):
    """An account in one role of one organisation; a participant's names her person."""

    __tablename__ = "membership"
    __table_args__ = (
        # a role is held once at a time; it may end and begin again
        Index(
            "uq_membership_role_open",
            "account_id",
            "organisation_id",
            "role",
            unique=True,
            sqlite_where=literal_column("ended_at IS NULL"),
            postgresql_where=literal_column("ended_at IS NULL"),
        ),
        # a participant is exactly one person; nobody else's membership names one
        CheckConstraint("(role = 'participant') = (person_id IS NOT NULL)", name="person"),
        Index(
            "uq_membership_person_open",
            "person_id",
            unique=True,
            sqlite_where=literal_column("ended_at IS NULL"),
            postgresql_where=literal_column("ended_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role), info=_SIGN_IN)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    began_at: Mapped[datetime | None] = mapped_column(info=_SIGN_IN)
    ended_at: Mapped[datetime | None] = mapped_column(info=_SIGN_IN)
    unread: Mapped[int] = mapped_column(
        default=0,
        server_default="0",
        info={**impersonal("how many short messages wait"), "unaudited": True},
    )

    account: Mapped[Account] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class SignIn(Base):
    """One sign-in on one device; the cookie holds the secret, the row its digest.

    Staff who have no second factor yet can only set one up in it. `address_digest` says to which
    address the code went that it began with, without the address.
    """

    __tablename__ = "sign_in"

    id: Mapped[Key]
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    membership_id: Mapped[str] = mapped_column(ForeignKey("membership.id"), index=True)
    device: Mapped[str] = mapped_column(String(120), info=_TRACE)
    started_at: Mapped[datetime] = mapped_column(info=_TRACE)
    last_seen_at: Mapped[datetime] = mapped_column(UTC, info=_TRACE)
    ended_at: Mapped[datetime | None] = mapped_column(info=_TRACE)
    way: Mapped[Way] = mapped_column(enum_type(Way), info=_TRACE)
    stage: Mapped[Stage] = mapped_column(enum_type(Stage), default=Stage.WHOLE, info=_TRACE)
    proven_at: Mapped[datetime] = mapped_column(info=_TRACE)
    address_digest: Mapped[str | None] = mapped_column(String(64), info=_TRACE)

    membership: Mapped[Membership] = relationship(lazy="raise")


class AccountLink(Base):
    """A one-time link by which an account's owner sets a password or confirms an address."""

    __tablename__ = "account_link"
    __table_args__ = (
        CheckConstraint("(purpose = 'new_email') = (new_email IS NOT NULL)", name="new_email"),
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(enum_type(LinkPurpose), info=_OF_A_SECRET)
    new_email: Mapped[str | None] = mapped_column(String(254), info=_SIGN_IN)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    expires_at: Mapped[datetime] = mapped_column(info=_OF_A_SECRET)
    spent_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)
