"""Tables of interviews."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.tracker.interviews.rules import InterviewWay, Preparation, Went
from jobsearch.tracker.models import Employer

__all__ = ["Interview", "InterviewTick"]

_INTERVIEW = personal(
    purpose="to come prepared and in time, and to learn from how it went",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up; anonymous counts remain",
    sees="the person, her coach",
)


class Interview(Owned, Versioned, Base):
    """One interview of one person; `action_id` is the action that counts it in the figures."""

    __tablename__ = "interview"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
        Index("ix_interview_person_starts", "person_id", "starts_at"),
        Index("ix_interview_cohort_starts", "cohort_id", "starts_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    employer_id: Mapped[str] = mapped_column(ForeignKey("employer.id"), index=True)
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("lead.id"), index=True)
    action_id: Mapped[str | None] = mapped_column(ForeignKey("action.id"), unique=True)
    starts_at: Mapped[datetime] = mapped_column(info=_INTERVIEW)
    minutes: Mapped[int] = mapped_column(default=60, info=_INTERVIEW)
    way: Mapped[InterviewWay] = mapped_column(enum_type(InterviewWay), info=_INTERVIEW)
    place: Mapped[str] = mapped_column(String(200), default="", info=_INTERVIEW)
    went: Mapped[Went | None] = mapped_column(enum_type(Went), info=_INTERVIEW)
    learned: Mapped[str] = mapped_column(String(1000), default="", info=_INTERVIEW)
    told_at: Mapped[datetime | None] = mapped_column(info=_INTERVIEW)
    cancelled_at: Mapped[datetime | None] = mapped_column(info=_INTERVIEW)
    changed_at: Mapped[datetime] = mapped_column(info=_INTERVIEW)

    employer: Mapped[Employer] = relationship(lazy="raise")


class InterviewTick(Owned, Base):
    """One thing that a person has prepared for one interview."""

    __tablename__ = "interview_tick"
    __table_args__ = (UniqueConstraint("interview_id", "item"),)

    id: Mapped[Key]
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    item: Mapped[Preparation] = mapped_column(enum_type(Preparation), info=_INTERVIEW)
