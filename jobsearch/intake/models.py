"""Tables of intake: a file that waits to be taken in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, EncryptedBytes, Key, Owned, enum_type, personal
from jobsearch.intake.rules import FileKind


class Upload(Owned, Base):
    """One file that was understood and waits for a yes; it is gone once taken in or put aside."""

    __tablename__ = "upload"
    __table_args__ = (Index("ix_upload_programme", "programme_id"),)

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[FileKind] = mapped_column(enum_type(FileKind))
    name: Mapped[str] = mapped_column(String(120))
    of_day: Mapped[date | None]
    content: Mapped[bytes] = mapped_column(
        EncryptedBytes("upload.content"),
        info=personal(
            purpose="to show what a file would make before it is taken in",
            basis="that of the rows in it",
            retention="until it is taken in or put aside, at most a day",
            sees="manager",
        ),
    )
    uploaded_at: Mapped[datetime]
