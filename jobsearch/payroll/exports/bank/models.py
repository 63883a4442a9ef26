"""Tables of the bank: the employer's account, and the one file of each run."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Encrypted, Key, Owned, Versioned, enum_type
from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.rules import Edition, Payer

__all__ = ["BankFile", "PayerAccount"]


class PayerAccount(Owned, Versioned, Base):
    """The account that one employer pays from; its key is the employer's own, so there is one."""

    __tablename__ = "payer_account"
    __table_args__ = (CheckConstraint("id = organisation_id", name="one"),)

    id: Mapped[Key]
    account: Mapped[str] = mapped_column(Encrypted("payer_account.account"))
    bic: Mapped[str] = mapped_column(String(11), default="")
    customer_id: Mapped[str] = mapped_column(String(35), default="")
    edition: Mapped[Edition] = mapped_column(enum_type(Edition), default=Edition.V09)

    def as_payer(self, name: str) -> Payer:
        """The employer as its bank knows it."""
        return Payer(name, self.account, self.bic, self.customer_id, self.edition)


class BankFile(Owned, Base):
    """The file of one run as it was made, once; sent again it is the same bytes."""

    __tablename__ = "bank_file"
    __table_args__ = (
        CheckConstraint("payments > 0", name="payments"),
        CheckConstraint("total > 0", name="total"),
    )

    id: Mapped[Key]
    pay_run_id: Mapped[str] = mapped_column(ForeignKey("pay_run.id"), unique=True)
    file_id: Mapped[str] = mapped_column(ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    message_id: Mapped[str] = mapped_column(String(35), unique=True)
    edition: Mapped[Edition] = mapped_column(enum_type(Edition))
    payments: Mapped[int]
    total: Mapped[Money]
    made_at: Mapped[datetime]
    made_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))

    made_by: Mapped[Account] = relationship(lazy="raise")
