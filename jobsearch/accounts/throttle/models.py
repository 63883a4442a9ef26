"""Tables of wrong tries."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, impersonal, personal


class WrongTries(Base):
    """How often in a row something was tried wrongly; its key is a digest and names nobody."""

    __tablename__ = "wrong_tries"
    __table_args__ = (CheckConstraint("tries >= 0", name="counted"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int] = mapped_column(info=impersonal("a count of tries"))
    last_at: Mapped[datetime] = mapped_column(
        index=True, info=impersonal("when somebody tried something")
    )


class KnownDevice(Base):
    """A browser in which an account has signed in: strangers' wrong tries do not slow it down."""

    __tablename__ = "known_device"
    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[str] = mapped_column(String(64), info={"secret": True})
    seen_at: Mapped[datetime] = mapped_column(
        index=True,
        info=personal(
            purpose="to let the person in while others try her password",
            basis="security of processing (GDPR art. 32)",
            retention="a year after the last sign-in on the device",
            sees="nobody",
        ),
    )
