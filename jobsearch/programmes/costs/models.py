"""Tables of cost: the lines of a programme's bookkeeping."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.core.money import Money
from jobsearch.programmes.costs.rules import CostKind

_STANDS = "removed_at IS NULL AND cohort_id IS "


class ProgrammeCost(Owned, Versioned, Base):
    """One line of what a programme cost, as booked; never reckoned from attendance.

    Of one cohort, or (without one) of the whole programme. A line is taken out, never deleted;
    one that came with a file has nobody in `entered_by_id`.
    """

    __tablename__ = "programme_cost"
    __table_args__ = (
        # the same line is booked once: of the programme, and of a cohort
        Index(
            "uq_programme_cost_whole",
            "programme_id",
            "label",
            "booked_on",
            unique=True,
            sqlite_where=literal_column(_STANDS + "NULL"),
            postgresql_where=literal_column(_STANDS + "NULL"),
        ),
        Index(
            "uq_programme_cost_of_cohort",
            "cohort_id",
            "label",
            "booked_on",
            unique=True,
            sqlite_where=literal_column(_STANDS + "NOT NULL"),
            postgresql_where=literal_column(_STANDS + "NOT NULL"),
        ),
        CheckConstraint("label <> ''", name="has_a_label"),
        CheckConstraint("(removed_at IS NULL) = (removed_by_id IS NULL)", name="removed"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    cohort_id: Mapped[str | None] = mapped_column(ForeignKey("cohort.id"))
    label: Mapped[str] = mapped_column(String(120))
    kind: Mapped[CostKind] = mapped_column(enum_type(CostKind))
    amount: Mapped[Money]
    basis: Mapped[str] = mapped_column(String(300), default="")
    booked_on: Mapped[date]
    entered_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    removed_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    removed_at: Mapped[datetime | None]

    entered_by: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[entered_by_id])
