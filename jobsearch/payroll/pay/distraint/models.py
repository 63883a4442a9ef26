"""Table of distraint."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Encrypted, Key, Owned, Versioned, personal
from jobsearch.core.money import Money

_BAN = personal(
    purpose="to follow the payment ban of the enforcement authority",
    basis="legal duty of the employer; Enforcement Code 705/2007, chapter 4",
    retention="10 years from the end of the financial year",
    sees="payroll clerk, the person; manager in the sum",
)


class Distraint(Owned, Versioned, Base):
    """What one run takes from one contract's net pay for the enforcement authority."""

    __tablename__ = "distraint"
    __table_args__ = (
        UniqueConstraint("pay_run_id", "employment_id"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[Key]
    pay_run_id: Mapped[str] = mapped_column(ForeignKey("pay_run.id"))
    employment_id: Mapped[str] = mapped_column(ForeignKey("employment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    amount: Mapped[Money] = mapped_column(info=_BAN)
    authority: Mapped[str] = mapped_column(Encrypted("distraint.authority"), info=_BAN)
    account: Mapped[str] = mapped_column(Encrypted("distraint.account"), info=_BAN)
    reference: Mapped[str] = mapped_column(Encrypted("distraint.reference"), info=_BAN)
    entered_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(info=_BAN)
