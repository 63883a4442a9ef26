"""Tables of reports that are kept as they were, and of the open pages that show one."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.append_only import append_only
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.reports.paper.rules import Kind

_STANDS: ColumnElement[bool] = literal_column("closed_at IS NULL")
_BY_ITSELF: ColumnElement[bool] = literal_column("publication_id IS NULL")


class Publication(Owned, Versioned, Base):
    """One time that a programme's results stood open to everybody; closed, it is gone at once."""

    __tablename__ = "publication"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed"),
        Index(
            "uq_publication_open",
            "programme_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"), index=True)
    as_of: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    opened_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[opened_by_id])


class FrozenReport(Owned, Base):
    """One report as it was: its whole text in one spelling, and the digests of what is drawn of it.

    `sha256` is that of the text, the other two those of the PDF and the workbook as they were drawn
    when it was frozen. A row is never changed or removed; it names nobody but who froze it.
    """

    __tablename__ = "frozen_report"
    __table_args__ = (
        UniqueConstraint("publication_id", "language"),
        CheckConstraint("(kind = 'public') = (publication_id IS NOT NULL)", name="published"),
        # what says the same is frozen once
        Index(
            "uq_frozen_report_text",
            "programme_id",
            "sha256",
            unique=True,
            sqlite_where=_BY_ITSELF,
            postgresql_where=_BY_ITSELF,
        ),
        Index("ix_frozen_report_programme", "programme_id", "frozen_at"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    publication_id: Mapped[str | None] = mapped_column(ForeignKey("publication.id"))
    kind: Mapped[Kind] = mapped_column(enum_type(Kind))
    language: Mapped[str] = mapped_column(String(2))
    as_of: Mapped[date]
    content: Mapped[str] = mapped_column(Text, info={"unaudited": True})
    sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    workbook_sha256: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))

    frozen_by: Mapped[Account] = relationship(lazy="raise")


append_only(FrozenReport.metadata.tables[FrozenReport.__tablename__])
