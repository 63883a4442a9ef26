"""The table of what programmes ask at the end of their groups."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned


class EndSurveyPlan(Owned, Versioned, Base):
    """What one programme asks its groups at their end; while `since` is empty it asks nothing.

    Only groups that end on `since` or later are asked. `questions` are the ready ones, and "words".
    """

    __tablename__ = "end_survey_plan"
    __table_args__ = (
        CheckConstraint("open_days BETWEEN 3 AND 60", name="open_days"),
        CheckConstraint("questions <> ''", name="has_questions"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"), unique=True)
    since: Mapped[date | None]
    open_days: Mapped[int]
    questions: Mapped[str] = mapped_column(String(120))
