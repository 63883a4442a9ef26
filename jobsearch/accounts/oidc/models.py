"""Tables of identity providers, of whom they know, and of sign-ins on their way."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnClause,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.accounts.oidc.rules import SecondFactor
from jobsearch.core.db import (
    Audited,
    Base,
    Encrypted,
    Key,
    Versioned,
    enum_type,
    impersonal,
    personal,
)
from jobsearch.organisations.models import Organisation

_TIE = personal(
    purpose="to know the person again when her organisation's sign-in names her",
    basis="security of processing (GDPR art. 32)",
    retention="until the account or the provider is closed, then two years",
    sees="that there is one, the manager of the organisation",
)
_OF_A_SECRET = impersonal("the life of a one-time secret; deleted with it")
_LIVE: ColumnClause[bool] = literal_column("ended_at IS NULL")


class IdentityProvider(Audited, Versioned, Base):
    """An organisation's own sign-in (OpenID Connect): where it is, and what we are to it.

    From `required_at` on its staff come in no other way, except one manager for the day on which
    the provider does not answer.
    """

    __tablename__ = "identity_provider"
    __table_args__ = (
        Index(
            "uq_identity_provider_live",
            "issuer",
            "organisation_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        # whoever requires it names who can still get in without it
        CheckConstraint("(required_at IS NULL) = (break_glass_id IS NULL)", name="break_glass"),
        CheckConstraint("ended_at IS NULL OR required_at IS NULL", name="ended_is_not_required"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(300))
    client_id: Mapped[str] = mapped_column(String(200))
    client_secret: Mapped[str | None] = mapped_column(
        Encrypted("identity_provider.client_secret"), info={"secret": True}
    )
    domains: Mapped[str] = mapped_column(Text)
    required_acr: Mapped[str | None] = mapped_column(String(200))
    second_factor: Mapped[SecondFactor] = mapped_column(enum_type(SecondFactor))
    required_at: Mapped[datetime | None]
    break_glass_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")

    @property
    def domain_list(self) -> tuple[str, ...]:
        """The domains of e-mail addresses that the provider may speak for."""
        return tuple(self.domains.split())


class IdentityTie(Audited, Base):
    """One account as one provider knows it: its issuer and the subject that never changes."""

    __tablename__ = "identity_tie"
    __table_args__ = (
        # a subject is one account, and an account one subject of a provider
        UniqueConstraint("provider_id", "issuer", "subject"),
        UniqueConstraint("account_id", "provider_id"),
    )

    id: Mapped[Key]
    provider_id: Mapped[str] = mapped_column(ForeignKey("identity_provider.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    issuer: Mapped[str] = mapped_column(String(300), info=_TIE)
    subject: Mapped[str] = mapped_column(String(255), info=_TIE)
    tied_at: Mapped[datetime] = mapped_column(info=_TIE)

    account: Mapped[Account] = relationship(lazy="raise")


class ProviderRequest(Base):
    """A browser on its way to a provider and back; everything it proves is made of its secret."""

    __tablename__ = "provider_request"
    __table_args__ = (CheckConstraint("expires_at > asked_at", name="lives"),)

    id: Mapped[Key]
    provider_id: Mapped[str] = mapped_column(ForeignKey("identity_provider.id"))
    request_digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    asked_at: Mapped[datetime] = mapped_column(index=True, info=_OF_A_SECRET)
    expires_at: Mapped[datetime] = mapped_column(info=_OF_A_SECRET)
    spent_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)

    provider: Mapped[IdentityProvider] = relationship(lazy="raise")
