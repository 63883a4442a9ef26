"""Tables of keeping: what a provider decided, and what was erased."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned


class KeepingTerms(Owned, Base):
    """What a provider decided of keeping on a day, and who did; the newest holds."""

    __tablename__ = "keeping_terms"
    __table_args__ = (
        CheckConstraint(
            "analysis_months BETWEEN 1 AND 24 AND unsent_months BETWEEN 1 AND 24", name="content"
        ),
        # the proof outlives what it is the proof of
        CheckConstraint(
            "proof_months BETWEEN 12 AND 120 AND proof_months >= analysis_months", name="proof"
        ),
        Index("ix_keeping_terms_set", "set_at", "organisation_id"),
    )

    id: Mapped[Key]
    analysis_months: Mapped[int]
    unsent_months: Mapped[int]
    proof_months: Mapped[int]
    set_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))

    set_by: Mapped[Account] = relationship(lazy="raise")


class KeepingRun(Owned, Base):
    """The receipt of one erasure: how much went of what, and nobody's name."""

    __tablename__ = "keeping_run"
    __table_args__ = (
        CheckConstraint("analyses + papers + introductions + proofs > 0", name="counts"),
        Index("ix_keeping_run_at", "ran_at", "organisation_id"),
    )

    id: Mapped[Key]
    ran_at: Mapped[datetime]
    analyses: Mapped[int]
    papers: Mapped[int]
    introductions: Mapped[int]
    proofs: Mapped[int]
