"""Tables of second factors."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Audited, Base, Encrypted, Key, personal

_FACTOR = personal(
    purpose="to let only the person herself in",
    basis="security of processing (GDPR art. 32)",
    retention="until two years after the factor or the account is closed",
    sees="the person; that there is one, the manager of the organisation and the operator",
)


def _one(name: str, condition: str) -> Index:
    only: ColumnElement[bool] = literal_column(condition)
    return Index(name, "account_id", unique=True, sqlite_where=only, postgresql_where=only)


class Authenticator(Audited, Base):
    """An app that makes codes for an account (TOTP), from its secret to its end."""

    __tablename__ = "authenticator"
    __table_args__ = (
        # one that works at most, and at most one that is being set up
        _one("uq_authenticator_live", "ended_at IS NULL AND confirmed_at IS NOT NULL"),
        _one("uq_authenticator_pending", "ended_at IS NULL AND confirmed_at IS NULL"),
        CheckConstraint("ended_at IS NULL OR ended_at >= made_at", name="ends_after"),
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    secret: Mapped[str] = mapped_column(Encrypted("authenticator.secret"), info={"secret": True})
    made_at: Mapped[datetime] = mapped_column(info=_FACTOR)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=_FACTOR)
    # the half minute of the last code that was used: no code works twice
    last_step: Mapped[int | None] = mapped_column(
        BigInteger, info={**_FACTOR, "unaudited": "changes at every sign-in, which is kept itself"}
    )
    ended_at: Mapped[datetime | None] = mapped_column(info=_FACTOR)


class RecoveryCode(Base):
    """One of ten codes on paper that stand in for a lost factor, each once."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        # the same code twice in one set would work twice
        UniqueConstraint("account_id", "digest"),
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    salt: Mapped[str] = mapped_column(String(32), info={"secret": True})
    digest: Mapped[str] = mapped_column(String(64), info={"secret": True})
    made_at: Mapped[datetime] = mapped_column(info=_FACTOR)
    spent_at: Mapped[datetime | None] = mapped_column(info=_FACTOR)
