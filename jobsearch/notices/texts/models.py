"""Tables of an organisation's own wordings."""

from datetime import datetime

from sqlalchemy import Index, String, Text, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned
from jobsearch.core.tokens import KEY_LENGTH


class OwnWording(Owned, Base):
    """One version of an organisation's wording of one kind of message in one language.

    A version is never edited: a change ends it and begins another, and going back to the default
    only ends it.
    """

    __tablename__ = "own_wording"
    __table_args__ = (
        # of one kind and language one version holds at a time
        Index(
            "uq_own_wording_open",
            "kind",
            "language",
            "organisation_id",
            unique=True,
            sqlite_where=literal_column("ended_at IS NULL"),
            postgresql_where=literal_column("ended_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    sms: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime]
    written_by_id: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    written_by: Mapped[str] = mapped_column(String(120), default="")
    ended_at: Mapped[datetime | None]
