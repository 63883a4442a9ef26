"""Table of changes of bank accounts that people ask for themselves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Encrypted, Key, Owned, Versioned, personal

_CHANGE = personal(
    purpose="to prove that the person herself changed where her wages go",
    basis="security of processing (GDPR art. 32)",
    retention="6 years with payroll records",
    sees="the person; that it changed and when: payroll clerk, manager",
)


class AccountChange(Owned, Versioned, Base):
    """One bank account that a person wants her wages on; it holds once she has proved it."""

    __tablename__ = "account_change"
    __table_args__ = (
        CheckConstraint("proved_at IS NULL OR sent_to <> ''", name="proved"),
        Index("ix_account_change_person", "person_id", "asked_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    bank_account: Mapped[str] = mapped_column(
        Encrypted("account_change.bank_account"), info=_CHANGE
    )
    asked_at: Mapped[datetime] = mapped_column(info=_CHANGE)
    proved_at: Mapped[datetime | None] = mapped_column(info=_CHANGE)
    sent_to: Mapped[str] = mapped_column(String(60), default="", info=_CHANGE)
