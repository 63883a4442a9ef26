"""Table of chosen days of payment."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned


class PayDateChoice(Owned, Base):
    """One day of payment that somebody chose for a run; a later choice is a new row."""

    __tablename__ = "pay_date_choice"

    id: Mapped[Key]
    pay_run_id: Mapped[str] = mapped_column(ForeignKey("pay_run.id"), index=True)
    pays_on: Mapped[date]
    instead_of: Mapped[date]
    chosen_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    chosen_at: Mapped[datetime]

    chosen_by: Mapped[Account] = relationship(lazy="raise")
