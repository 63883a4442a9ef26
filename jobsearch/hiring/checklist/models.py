"""Table of introductions to the work."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, personal

_MARK = personal(
    purpose="to show that the person was introduced to the work and its safety",
    basis="Occupational Safety Act 738/2002 section 14",
    retention="2 years after the employment ends",
    sees="provider's staff, the person",
)


class Orientation(Owned, Versioned, Base):
    """The day on which one person of one group was introduced to the work, and who says so."""

    __tablename__ = "orientation"

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    done_on: Mapped[date] = mapped_column(info=_MARK)
    marked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    marked_at: Mapped[datetime] = mapped_column(info=_MARK)
