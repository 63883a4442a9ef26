"""Tables of cost: the lines of a programme's bookkeeping."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.core.money import Money
from jobsearch.programmes.costs.rules import CostKind


class ProgrammeCost(Owned, Versioned, Base):
    """One line of what a programme cost, as booked; never reckoned from attendance."""

    __tablename__ = "programme_cost"
    __table_args__ = (
        UniqueConstraint("programme_id", "label", "booked_on"),
        CheckConstraint("label <> ''", name="has_a_label"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    label: Mapped[str] = mapped_column(String(120))
    kind: Mapped[CostKind] = mapped_column(enum_type(CostKind))
    amount: Mapped[Money]
    basis: Mapped[str] = mapped_column(String(300), default="")
    booked_on: Mapped[date]
