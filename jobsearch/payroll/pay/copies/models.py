"""Table of copies that people asked for."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, personal

_COPY = personal(
    purpose="to send a payslip to whoever asked for it, and not too often",
    basis="request of the person (GDPR art. 6(1)(b))",
    retention="that of the payslip",
    sees="the person",
)


class PayslipCopy(Owned, Base):
    """One copy that somebody asked for; its password is nowhere, the file goes with its message."""

    __tablename__ = "payslip_copy"
    __table_args__ = (Index("ix_payslip_copy_person", "person_id", "asked_at"),)

    id: Mapped[Key]
    payslip_id: Mapped[str] = mapped_column(ForeignKey("payslip.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    sent_to: Mapped[str] = mapped_column(String(60), info=_COPY)
    asked_at: Mapped[datetime] = mapped_column(info=_COPY)
