"""Tables of the client analysis and its release."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Enrolment
from jobsearch.consents.models import Consent
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.people.models import Person

_ANALYSIS = personal(
    purpose="a client analysis that the person may let her municipal coach have",
    basis="the person's consent for its release; employment contract for its writing",
    retention="until the end of follow-up, then erased; the consent record stays",
    sees="the person, her coach; the named recipient after consent",
)


class AnalysisState(StrEnum):
    """draft → shown to the participant → released, or closed without sending."""

    DRAFT = "draft"
    SHOWN = "shown"
    RELEASED = "released"


class SectionKey(StrEnum):
    """The sections of a client analysis, in their order."""

    SITUATION = "situation"
    STRENGTHS = "strengths"
    DONE = "done"
    WORKED = "worked"
    NEEDED = "needed"
    PROPOSALS = "proposals"
    OWN_WORDS = "own_words"


class Analysis(Owned, Versioned, Base):
    """One client analysis of one person's three weeks, written together. `edition` counts what
    the participant was shown, and a consent names the edition."""

    __tablename__ = "analysis"
    __table_args__ = (Index("ix_analysis_person", "person_id"),)

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[AnalysisState] = mapped_column(
        enum_type(AnalysisState), default=AnalysisState.DRAFT
    )
    edition: Mapped[int] = mapped_column(default=0)
    written_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    shown_at: Mapped[datetime | None]

    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    written_by: Mapped[Account] = relationship(lazy="raise")
    sections: Mapped[list["AnalysisSection"]] = relationship(
        lazy="raise", order_by="AnalysisSection.position", cascade="all, delete-orphan"
    )


class AnalysisSection(Owned, Versioned, Base):
    """One section: its text, who wrote it last, and whether the participant leaves it out."""

    __tablename__ = "analysis_section"
    __table_args__ = (UniqueConstraint("analysis_id", "key"),)

    id: Mapped[Key]
    analysis_id: Mapped[str] = mapped_column(ForeignKey("analysis.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int]
    key: Mapped[SectionKey] = mapped_column(enum_type(SectionKey))
    text: Mapped[str] = mapped_column(Text, default="", info=_ANALYSIS)
    written_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    left_out_at: Mapped[datetime | None] = mapped_column(info=_ANALYSIS)


class Release(Owned, Base):
    """One analysis as it went to one recipient, under one consent; stored bytes, never rendered again."""

    __tablename__ = "release"
    __table_args__ = (Index("ix_release_recipient", "recipient_id"),)

    id: Mapped[Key]
    analysis_id: Mapped[str] = mapped_column(ForeignKey("analysis.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"), unique=True)
    recipient_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    released_at: Mapped[datetime]

    analysis: Mapped[Analysis] = relationship(lazy="raise")
    consent: Mapped[Consent] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
