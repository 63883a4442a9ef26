"""Tables of signing in that is half done."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, impersonal

_OF_A_SECRET = impersonal("the life of a one-time secret; deleted with it")


class HalfSignIn(Base):
    """A right password that waits for the second factor, in one browser and for minutes."""

    __tablename__ = "half_sign_in"
    __table_args__ = (CheckConstraint("expires_at > started_at", name="lives"),)

    id: Mapped[Key]
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    membership_id: Mapped[str] = mapped_column(ForeignKey("membership.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(info=_OF_A_SECRET)
    expires_at: Mapped[datetime] = mapped_column(index=True, info=_OF_A_SECRET)
    spent_at: Mapped[datetime | None] = mapped_column(info=_OF_A_SECRET)
