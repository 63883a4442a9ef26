"""Tables of messages."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Encrypted, Key, enum_type, personal

_MESSAGE = personal(
    purpose="to deliver a message and to show that it went",
    basis="contract or duty (GDPR art. 6(1)(b), (e))",
    retention="30 days after delivery",
    sees="nobody after delivery; in the demo everyone who is signed in as staff",
)


class MessageState(StrEnum):
    """Where a message is."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    EXPIRED = "expired"


class Message(Base):
    """One message to one address, written in the transaction that caused it, sent afterwards."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_state_due", "state", "created_at"),)

    id: Mapped[Key]
    organisation_id: Mapped[str | None] = mapped_column(String(20), index=True)
    channel: Mapped[str] = mapped_column(String(10), default="email")
    address: Mapped[str] = mapped_column(Encrypted("message.address"), info=_MESSAGE)
    subject: Mapped[str] = mapped_column(Encrypted("message.subject"), info=_MESSAGE)
    body: Mapped[str] = mapped_column(Encrypted("message.body"), info=_MESSAGE)
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[MessageState] = mapped_column(
        enum_type(MessageState), default=MessageState.WAITING
    )
    created_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
