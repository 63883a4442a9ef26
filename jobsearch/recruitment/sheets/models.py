"""Tables of candidates' sheets: a file that waits while its columns are named."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, EncryptedBytes, Key, Owned, Versioned, personal


class CandidateSheet(Owned, Versioned, Base):
    """One spreadsheet of candidates that waits for a yes; gone once taken in or put aside.

    `columns` says which column holds what, by its place counted from 0.
    """

    __tablename__ = "candidate_sheet"
    __table_args__ = (Index("ix_candidate_sheet_programme", "programme_id"),)

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(120))
    heading_row: Mapped[int]
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    content: Mapped[bytes] = mapped_column(
        EncryptedBytes("candidate_sheet.content"),
        info=personal(
            purpose="to show what a file would make before it is taken in",
            basis="that of the rows in it",
            retention="until it is taken in or put aside, at most a day",
            sees="manager, coach",
        ),
    )
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
