"""Tables of personal links."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, impersonal

_OF_A_SECRET = impersonal("the life of a link; it says nothing of who holds it")


class PersonalLink(Owned, Base):
    """A secret in an address that opens one thing (`purpose`, `subject_id`) without an account."""

    __tablename__ = "personal_link"
    __table_args__ = (Index("ix_personal_link_subject", "subject_id", "purpose"),)

    id: Mapped[Key]
    purpose: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(20))
    language: Mapped[str | None] = mapped_column(String(2), info=_OF_A_SECRET)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    issued_at: Mapped[datetime] = mapped_column(info=_OF_A_SECRET)
    expires_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)
    revoked_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)
    spent_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)
