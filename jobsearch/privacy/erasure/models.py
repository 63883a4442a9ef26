"""Tables of erasure: that somebody was erased, and nobody's name."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned
from jobsearch.core.tokens import KEY_LENGTH


class Erasure(Owned, Base):
    """The receipt of one person's erasure: her key, when, by whom, how much; never a name.

    `kept_until` is the last day on which the law keeps something of hers; none, when all went.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        # a person is erased once; what the law kept goes by the timetable
        UniqueConstraint("person_id", "organisation_id"),
        Index("ix_erasure_at", "erased_at", "organisation_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(String(KEY_LENGTH))
    erased_at: Mapped[datetime]
    erased_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    rows: Mapped[int]
    kept_until: Mapped[date | None]
