"""Tables of one-time codes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, impersonal, personal

_OF_A_SECRET = impersonal("the life of a one-time secret; deleted with it")
_ASKED_FOR = personal(
    purpose="to count what is asked for one address, known or not, without keeping the address",
    basis="security of processing (GDPR art. 32)",
    retention="two days",
    sees="nobody",
)


class OneTimeCode(Base):
    """A code and a link that were asked for in one browser, for one purpose; they work once.

    Without an account it is a decoy: somebody asked for an address that nobody has, and it is
    written, counted and refused as any other.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (
        CheckConstraint("expires_at > asked_at", name="lives"),
        CheckConstraint("spent_at IS NULL OR spent_at >= asked_at", name="spent_after"),
        Index("ix_one_time_code_counted", "address_digest", "asked_at"),
    )

    id: Mapped[Key]
    purpose: Mapped[str] = mapped_column(String(60), info=_OF_A_SECRET)
    subject_id: Mapped[str] = mapped_column(String(60), info=_OF_A_SECRET)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    address_digest: Mapped[str] = mapped_column(String(64), info=_ASKED_FOR)
    sent_to: Mapped[str] = mapped_column(String(60), info=_ASKED_FOR)
    request_digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    code_digest: Mapped[str] = mapped_column(String(64), info={"secret": True})
    link_digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    link_code_digest: Mapped[str] = mapped_column(String(64), info={"secret": True})
    asked_at: Mapped[datetime] = mapped_column(index=True, info=_OF_A_SECRET)
    expires_at: Mapped[datetime] = mapped_column(info=_OF_A_SECRET)
    tried_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)
    tries: Mapped[int] = mapped_column(default=0, info=_OF_A_SECRET)
    spent_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)
