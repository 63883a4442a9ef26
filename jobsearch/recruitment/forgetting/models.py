"""Tables of forgetting: what remains of people when they are forgotten, which is numbers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, enum_type
from jobsearch.recruitment.rules import Channel, ExitReason, Stage


class ForgettingRun(Owned, Base):
    """One time that people were forgotten: how many candidacies and how many persons went."""

    __tablename__ = "forgetting_run"
    __table_args__ = (
        CheckConstraint("candidates >= 1 AND persons BETWEEN 0 AND candidates", name="counts"),
        Index("ix_forgetting_run_at", "ran_at", "organisation_id"),
    )

    id: Mapped[Key]
    ran_at: Mapped[datetime]
    candidates: Mapped[int]
    persons: Mapped[int]


class ForgottenCount(Owned, Base):
    """How many forgotten candidates of a programme, month and municipality came how far, and why
    they left. It names nobody: no coach, no day, no key of a person.
    """

    __tablename__ = "forgotten_count"
    __table_args__ = (
        CheckConstraint("count >= 1", name="count"),
        # whoever signed has an employment, and its records have their own time
        CheckConstraint("stage NOT IN ('signed', 'started')", name="not_signed"),
        Index("ix_forgotten_count_programme", "programme_id", "month"),
    )

    id: Mapped[Key]
    run_id: Mapped[str] = mapped_column(ForeignKey("forgetting_run.id"), index=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    month: Mapped[date]
    ended_month: Mapped[date]
    municipality: Mapped[str] = mapped_column(String(60))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel))
    stage: Mapped[Stage] = mapped_column(enum_type(Stage))
    exit_reason: Mapped[ExitReason | None] = mapped_column(enum_type(ExitReason))
    count: Mapped[int]
