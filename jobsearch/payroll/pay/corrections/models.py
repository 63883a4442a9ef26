"""Table of corrections: why a payslip is corrected, and what is right."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, personal
from jobsearch.core.money import Money
from jobsearch.payroll.pay.corrections.rules import RightFigures
from jobsearch.payroll.pay.models import PayRun, Payslip

_PAY = personal(
    purpose="to correct pay that was paid wrongly, and to account for it",
    basis="employment contract; Employment Contracts Act 2:16; bookkeeping act 1336/1997",
    retention="10 years from the end of the financial year",
    sees="payroll clerk, manager, the person",
)


class PayCorrection(Owned, Base):
    """One correction of one payment; what it comes to is a payslip of its run.

    `root` is the payslip that was paid first, `payslip` the payment that is corrected: the same, or
    a later one that paid what had been missing. `settled_at`: what was paid too much came back.
    """

    __tablename__ = "pay_correction"
    __table_args__ = (
        # of two corrections of one pay at once the second is refused
        UniqueConstraint("root_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes"),
        CheckConstraint("allowance IS NULL OR allowance >= 0", name="allowance"),
        CheckConstraint("bonus IS NULL OR bonus >= 0", name="bonus"),
        CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled"),
    )

    id: Mapped[Key]
    root_id: Mapped[str] = mapped_column(ForeignKey("payslip.id"))
    payslip_id: Mapped[str] = mapped_column(ForeignKey("payslip.id"), index=True)
    pay_run_id: Mapped[str] = mapped_column(ForeignKey("pay_run.id"), index=True)
    number: Mapped[int] = mapped_column(info=_PAY)
    reason: Mapped[str] = mapped_column(String(200), info=_PAY)
    minutes: Mapped[int | None] = mapped_column(info=_PAY)
    allowance: Mapped[Money | None] = mapped_column(info=_PAY)
    bonus: Mapped[Money | None] = mapped_column(info=_PAY)
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    settled_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(info=_PAY)

    root: Mapped[Payslip] = relationship(lazy="raise", viewonly=True, foreign_keys=[root_id])
    payslip: Mapped[Payslip] = relationship(lazy="raise", viewonly=True, foreign_keys=[payslip_id])
    run: Mapped[PayRun] = relationship(lazy="raise", viewonly=True)
    asked_by: Mapped[Account] = relationship(lazy="raise", foreign_keys=[asked_by_id])

    @property
    def right(self) -> RightFigures:
        """What is right by the clerk's word."""
        return RightFigures(self.minutes, self.allowance, self.bonus)
