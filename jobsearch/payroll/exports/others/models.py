"""Tables of what is handed over: the other system's codes, and the one file of each run."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, enum_type
from jobsearch.payroll.exports.others.rules import HandedItem, System

__all__ = ["HandedFile", "PayCode"]


class PayCode(Owned, Base):
    """Under which code another payroll system knows one item of pay."""

    __tablename__ = "pay_code"
    __table_args__ = (
        UniqueConstraint("item", "organisation_id"),
        CheckConstraint("code <> ''", name="code"),
    )

    id: Mapped[Key]
    item: Mapped[HandedItem] = mapped_column(enum_type(HandedItem, "item"))
    code: Mapped[str] = mapped_column(String(20))


class HandedFile(Owned, Base):
    """What another payroll system was handed of one run, once; given again it is the same bytes."""

    __tablename__ = "handed_file"
    __table_args__ = (CheckConstraint("people > 0", name="people"),)

    id: Mapped[Key]
    pay_run_id: Mapped[str] = mapped_column(ForeignKey("pay_run.id"), unique=True)
    system: Mapped[System] = mapped_column(enum_type(System))
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    people: Mapped[int]
    made_at: Mapped[datetime]
    made_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[Account] = relationship(lazy="raise")
