"""Tables of the client analysis and its release."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.analyses.rules import AnalysisState, SectionKey, Written
from jobsearch.cohorts.models import Enrolment
from jobsearch.consents.models import Consent
from jobsearch.core.db import (
    Base,
    Encrypted,
    Key,
    Owned,
    Versioned,
    enum_type,
    impersonal,
    personal,
)
from jobsearch.people.models import Person

_ANALYSIS = personal(
    purpose="a client analysis that the person may let her municipal coach have",
    basis="the person's consent for its release; employment contract for its writing",
    retention="the provider's months after the group or the last consent ended, then erased",
    sees="the person, her coach; the named recipient after consent",
)
_OF_THE_TEXT = impersonal("the life of a text; who it is about stands in the row's person")
_WHEN_SHE = personal(
    purpose="to show what the person decided and when",
    basis="GDPR art. 7(1)",
    retention="with the analysis; the consent record stays",
    sees="the person, her coach",
)


class Analysis(Owned, Versioned, Base):
    """One client analysis of one person's three weeks, written together.

    `edition` counts the texts that the participant has had before her; a consent names one.
    `figures` are the counts as they stood when the edition was shown. `language` is that of the
    paper: its reader is a municipal coach. Once erased it has no sections and no figures.
    """

    __tablename__ = "analysis"
    __table_args__ = (
        Index("ix_analysis_person", "person_id"),
        # what was never shown cannot have been decided
        CheckConstraint("edition > 0 OR state = 'draft'", name="shown_before_decided"),
        CheckConstraint("language IN ('fi', 'sv', 'en')", name="language"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str] = mapped_column(String(20), unique=True, info=_OF_THE_TEXT)
    state: Mapped[AnalysisState] = mapped_column(
        enum_type(AnalysisState), default=AnalysisState.DRAFT, info=_WHEN_SHE
    )
    edition: Mapped[int] = mapped_column(default=0, info=_OF_THE_TEXT)
    language: Mapped[str] = mapped_column(String(2), default="fi", info=_OF_THE_TEXT)
    figures: Mapped[str | None] = mapped_column(Text, info=_ANALYSIS)
    written_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime] = mapped_column(info=_OF_THE_TEXT)
    changed_at: Mapped[datetime] = mapped_column(info=_OF_THE_TEXT)
    shown_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_TEXT)
    decided_at: Mapped[datetime | None] = mapped_column(info=_WHEN_SHE)
    erased_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_TEXT)

    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    written_by: Mapped[Account] = relationship(lazy="raise")
    sections: Mapped[list["AnalysisSection"]] = relationship(
        lazy="raise", order_by="AnalysisSection.position", cascade="all, delete-orphan"
    )

    @property
    def audit_subject(self) -> str:
        """Its values in the audit trail have a key of their own, destroyed when it is erased."""
        return self.id


class AnalysisSection(Owned, Versioned, Base):
    """One section: its text, who wrote it last and when, and whether she leaves it out.

    `filled_at` says that the text is as it was filled from the records: nobody has written it yet.
    """

    __tablename__ = "analysis_section"
    __table_args__ = (
        UniqueConstraint("analysis_id", "key"),
        # either it is as filled, or somebody wrote it
        CheckConstraint("filled_at IS NULL OR written_at IS NULL", name="filled"),
    )

    id: Mapped[Key]
    analysis_id: Mapped[str] = mapped_column(ForeignKey("analysis.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    key: Mapped[SectionKey] = mapped_column(enum_type(SectionKey), info=_OF_THE_TEXT)
    text: Mapped[str] = mapped_column(Text, default="", info=_ANALYSIS)
    written_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    written_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_TEXT)
    filled_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_TEXT)
    left_out_at: Mapped[datetime | None] = mapped_column(info=_ANALYSIS)

    written_by: Mapped[Account | None] = relationship(lazy="raise")

    @property
    def audit_subject(self) -> str:
        """The analysis whose key its earlier texts have in the audit trail."""
        return self.analysis_id

    @property
    def standing(self) -> Written:
        """Whether it is empty, as the records filled it, or written by somebody."""
        if not self.text:
            return Written.EMPTY
        return Written.FROM_RECORDS if self.filled_at else Written.WRITTEN


class Release(Owned, Base):
    """One edition as it went to one recipient under one consent: stored, never rendered again.

    `content` is what the paper says, for a page that can be read aloud; `sha256` is the digest of
    the bytes that went, and only those open. Once erased, who got what and when is what stays.
    """

    __tablename__ = "release"
    __table_args__ = (
        Index("ix_release_recipient", "recipient_id"),
        # what went is there, or it was erased
        CheckConstraint("(file_id IS NULL) = (erased_at IS NOT NULL)", name="erased"),
    )

    id: Mapped[Key]
    analysis_id: Mapped[str] = mapped_column(ForeignKey("analysis.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"), unique=True)
    recipient_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(String(64), info=_OF_THE_TEXT)
    edition: Mapped[int] = mapped_column(info=_OF_THE_TEXT)
    content: Mapped[str] = mapped_column(Encrypted("release.content"), info=_ANALYSIS)
    released_at: Mapped[datetime] = mapped_column(info=_WHEN_SHE)
    erased_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_TEXT)

    analysis: Mapped[Analysis] = relationship(lazy="raise")
    consent: Mapped[Consent] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
