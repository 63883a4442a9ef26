"""Table of the accounts that an employer books pay on."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, enum_type
from jobsearch.payroll.exports.books.rules import Post

__all__ = ["LedgerAccount"]


class LedgerAccount(Owned, Base):
    """On which account of its own chart an employer books one post of pay."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        UniqueConstraint("post", "organisation_id"),
        CheckConstraint("number <> ''", name="number"),
    )

    id: Mapped[Key]
    post: Mapped[Post] = mapped_column(enum_type(Post))
    number: Mapped[str] = mapped_column(String(20))
