"""Table of restrictions of processing."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.people.restrictions.rules import RestrictionReason

_OPEN: Any = literal_column("ended_at IS NULL")
_RESTRICTION = personal(
    purpose="to keep a person's data without passing it on while she has asked for that",
    basis="GDPR art. 18 and 21",
    retention="as long as the person's own row",
    sees="provider's staff, the person",
)


class ProcessingRestriction(Owned, Versioned, Base):
    """One time in which a person's data is only kept and not passed on (GDPR art. 18)."""

    __tablename__ = "processing_restriction"
    __table_args__ = (
        # restricted is restricted: at most one is open for a person
        Index(
            "uq_processing_restriction_open",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[RestrictionReason] = mapped_column(
        enum_type(RestrictionReason), info=_RESTRICTION
    )
    began_at: Mapped[datetime] = mapped_column(info=_RESTRICTION)
    began_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(info=_RESTRICTION)
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
