"""Table of strategies."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, personal

__all__ = ["Strategy"]

_STRATEGY = personal(
    purpose="to agree what the person is after and how she gets there",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up",
    sees="the person, her coaches",
)


class Strategy(Owned, Versioned, Base):
    """What one person is after in one group: goal, kinds of work, area, and her own targets."""

    __tablename__ = "strategy"

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    goal: Mapped[str] = mapped_column(String(300), default="", info=_STRATEGY)
    work: Mapped[str] = mapped_column(String(500), default="", info=_STRATEGY)
    area: Mapped[str] = mapped_column(String(200), default="", info=_STRATEGY)
    targets: Mapped[str] = mapped_column(String(500), default="", info=_STRATEGY)
    written_at: Mapped[datetime] = mapped_column(info=_STRATEGY)
    written_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
