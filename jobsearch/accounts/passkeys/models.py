"""Tables of passkeys."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Audited, Base, Key, personal

_PASSKEY = personal(
    purpose="to let only the person herself in, and to show her which devices can",
    basis="security of processing (GDPR art. 32)",
    retention="until two years after the passkey or the account is closed",
    sees="the person; that there is one, the manager of the organisation and the operator",
)
_UNAUDITED = "changes at every sign-in, which is kept itself"
_LIVE: ColumnElement[bool] = literal_column("ended_at IS NULL")


class Passkey(Audited, Base):
    """The public half of a key that lives in somebody's device and never leaves it."""

    __tablename__ = "passkey"
    __table_args__ = (
        # a key opens one account
        Index(
            "uq_passkey_credential_live",
            "credential_digest",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        CheckConstraint("ended_at IS NULL OR ended_at >= made_at", name="ends_after"),
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), info=_PASSKEY)
    credential_digest: Mapped[str] = mapped_column(String(64), info={"secret": True})
    credential: Mapped[str] = mapped_column(Text, info={"secret": True})
    public_key: Mapped[str] = mapped_column(Text, info={"secret": True})
    sign_count: Mapped[int] = mapped_column(BigInteger, info={**_PASSKEY, "unaudited": _UNAUDITED})
    made_at: Mapped[datetime] = mapped_column(info=_PASSKEY)
    last_used_at: Mapped[datetime | None] = mapped_column(
        info={**_PASSKEY, "unaudited": _UNAUDITED}
    )
    ended_at: Mapped[datetime | None] = mapped_column(info=_PASSKEY)


class SpentChallenge(Base):
    """A question to a device that has been answered; the same answer opens nothing again."""

    __tablename__ = "spent_challenge"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    spent_at: Mapped[datetime] = mapped_column(index=True)
