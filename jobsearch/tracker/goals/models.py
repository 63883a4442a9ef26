"""The ramp of a programme: how many actions a day its people begin with, and end with."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, enum_type
from jobsearch.tracker.rules import Activity

__all__ = ["RampStep"]


class RampStep(Owned, Base):
    """How many actions of a kind a programme proposes for each working day of one week."""

    __tablename__ = "ramp_step"
    __table_args__ = (
        UniqueConstraint("programme_id", "week", "activity"),
        CheckConstraint("week BETWEEN 1 AND 12", name="week"),
        CheckConstraint("target BETWEEN 0 AND 50", name="target"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    week: Mapped[int]
    activity: Mapped[Activity] = mapped_column(enum_type(Activity))
    target: Mapped[int]
