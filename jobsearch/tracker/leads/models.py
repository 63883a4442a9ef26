"""Tables of leads: an opportunity at an employer, and every move of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.tracker.leads.rules import LeadSource, LeadStage
from jobsearch.tracker.models import Employer

__all__ = ["Lead", "LeadMove", "LeadSource", "LeadStage"]

_LEAD = personal(
    purpose="to follow what the person is after and what she does next",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up; anonymous counts remain",
    sees="the person, her coach",
)


class Lead(Owned, Versioned, Base):
    """One opportunity of one person: a job or a task at an employer, and what comes next.

    `asked_at` is when she asked the employer whether it has been decided, `touched_at` when she
    last did or changed a next step, or said that it is too early to ask.
    """

    __tablename__ = "lead"
    __table_args__ = (
        CheckConstraint("role_title <> ''", name="role_title"),
        CheckConstraint("(next_step = '') = (next_step_on IS NULL)", name="next_step"),
        Index("ix_lead_person_stage", "person_id", "stage"),
        Index("ix_lead_cohort", "cohort_id", "next_step_on"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    employer_id: Mapped[str] = mapped_column(ForeignKey("employer.id"), index=True)
    role_title: Mapped[str] = mapped_column(String(120), info=_LEAD)
    source: Mapped[LeadSource] = mapped_column(enum_type(LeadSource), info=_LEAD)
    stage: Mapped[LeadStage] = mapped_column(
        enum_type(LeadStage), default=LeadStage.FOUND, info=_LEAD
    )
    stage_on: Mapped[date] = mapped_column(info=_LEAD)
    deadline_on: Mapped[date | None] = mapped_column(info=_LEAD)
    next_step: Mapped[str] = mapped_column(String(200), default="", info=_LEAD)
    next_step_on: Mapped[date | None] = mapped_column(info=_LEAD)
    advert: Mapped[str] = mapped_column(String(8000), default="", info=_LEAD)
    note: Mapped[str] = mapped_column(String(1000), default="", info=_LEAD)
    added_at: Mapped[datetime] = mapped_column(info=_LEAD)
    asked_at: Mapped[datetime | None] = mapped_column(info=_LEAD)
    touched_at: Mapped[datetime | None] = mapped_column(info=_LEAD)

    employer: Mapped[Employer] = relationship(lazy="raise")


class LeadMove(Owned, Base):
    """One step of a lead from stage to stage; an undone one never was."""

    __tablename__ = "lead_move"
    __table_args__ = (Index("ix_lead_move_lead", "lead_id", "moved_at"),)

    id: Mapped[Key]
    lead_id: Mapped[str] = mapped_column(ForeignKey("lead.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    from_stage: Mapped[LeadStage | None] = mapped_column(
        enum_type(LeadStage, "from_stage"), info=_LEAD
    )
    to_stage: Mapped[LeadStage] = mapped_column(enum_type(LeadStage, "to_stage"), info=_LEAD)
    on: Mapped[date] = mapped_column(info=_LEAD)
    moved_at: Mapped[datetime] = mapped_column(info=_LEAD)
    moved_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(info=_LEAD)
