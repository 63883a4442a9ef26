"""Tables of documents."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.coaching.documents.rules import DocumentKind, DocumentState
from jobsearch.core.db import Base, Encrypted, Key, Owned, Versioned, enum_type, personal

__all__ = ["Document", "DocumentComment", "DocumentVersion"]

_DOCUMENT = personal(
    purpose="to apply for work with papers that are ready",
    basis="the person gives it for her own job search and can take it away",
    retention="until the end of follow-up",
    sees="the person, her coaches",
)
_GENERAL = "lead_id IS NULL"


class Document(Owned, Versioned, Base):
    """One document of one person: her general CV, letter or profile, or one aimed at a lead."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_person", "person_id", "kind"),
        # one general document of a kind; those for a lead are as many as leads
        Index(
            "uq_document_general",
            "enrolment_id",
            "kind",
            unique=True,
            sqlite_where=literal_column(_GENERAL),
            postgresql_where=literal_column(_GENERAL),
        ),
        UniqueConstraint("lead_id", "kind"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("lead.id"))
    kind: Mapped[DocumentKind] = mapped_column(enum_type(DocumentKind), info=_DOCUMENT)
    state: Mapped[DocumentState] = mapped_column(
        enum_type(DocumentState), default=DocumentState.NOT_STARTED, info=_DOCUMENT
    )
    state_at: Mapped[datetime] = mapped_column(info=_DOCUMENT)


class DocumentVersion(Owned, Base):
    """One file of a document as it was uploaded; never changed, taken away as a whole."""

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[Key]
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int] = mapped_column(info=_DOCUMENT)
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), info=_DOCUMENT)
    uploaded_at: Mapped[datetime] = mapped_column(info=_DOCUMENT)
    uploaded_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    taken_away_at: Mapped[datetime | None] = mapped_column(info=_DOCUMENT)


class DocumentComment(Owned, Base):
    """What a coach, or the person herself, says of a document."""

    __tablename__ = "document_comment"
    __table_args__ = (Index("ix_document_comment", "document_id", "written_at"),)

    id: Mapped[Key]
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    writer_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    body: Mapped[str] = mapped_column(Encrypted("document_comment.body"), info=_DOCUMENT)
    written_at: Mapped[datetime] = mapped_column(info=_DOCUMENT)
