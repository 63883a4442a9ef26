"""Tables of the timetable: what went when, and nobody's name."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key


class RetentionRun(Base):
    """The receipt of one kind in one night: how many rows went or were blanked.

    Without an organisation where the rows belong to accounts, which are nobody's in particular.
    """

    __tablename__ = "retention_run"
    __table_args__ = (
        CheckConstraint("rows > 0", name="rows"),
        Index("ix_retention_run_at", "ran_at", "organisation_id"),
    )

    id: Mapped[Key]
    ran_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    rows: Mapped[int]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
