"""Tables of conversations. A conversation has the key of its enrolment: one person in one group."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.conversations.rules import Side
from jobsearch.core.db import Base, Encrypted, Key, Owned, enum_type, personal

__all__ = ["ReadMark", "ShortMessage", "Side"]

_WORDS = personal(
    purpose="to help the person in her job search and in her employment",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="as long as the data of the employment",
    sees="the person and the coach of her group; nobody else",
)
_READ = personal(
    purpose="to show what is new, and to tell of it once",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="as long as the conversation",
    sees="whoever has read; nobody else",
)


class ShortMessage(Owned, Base):
    """One message of a participant to her coach, or back; taken back it has no words any more."""

    __tablename__ = "short_message"
    __table_args__ = (
        # what was taken back is gone, and only that
        CheckConstraint("(body IS NULL) = (withdrawn_at IS NOT NULL)", name="withdrawn"),
        Index("ix_short_message_conversation", "enrolment_id", "written_at"),
        Index("ix_short_message_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    writer_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    side: Mapped[Side] = mapped_column(enum_type(Side), info=_WORDS)
    body: Mapped[str | None] = mapped_column(Encrypted("short_message.body"), info=_WORDS)
    written_at: Mapped[datetime] = mapped_column(info=_WORDS)
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=_WORDS)


class ReadMark(Owned, Base):
    """Up to where one account has read one conversation, and was told that there is more."""

    __tablename__ = "read_mark"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "account_id"),
        Index("ix_read_mark_account", "account_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    read_upto: Mapped[datetime | None] = mapped_column(info={**_READ, "unaudited": True})
    told_at: Mapped[datetime | None] = mapped_column(info={**_READ, "unaudited": True})
