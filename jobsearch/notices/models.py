"""Tables of messages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Encrypted, Key, enum_type, personal
from jobsearch.core.tokens import KEY_LENGTH
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.rules import Channel

__all__ = ["Message", "MessageState"]

_MESSAGE = personal(
    purpose="to deliver a message and to show that it went",
    basis="contract or duty (GDPR art. 6(1)(b), (e))",
    retention="30 days after delivery",
    sees="nobody after delivery; in the demo everyone who is signed in as staff",
)


class Message(Base):
    """One message to one address, written in the transaction that caused it, sent afterwards.

    `subject_id` is the person or account that it is for; `once` names what may be sent one time
    only; quiet minutes are those of the recipient's own clock, none where the message always goes.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_state_due", "state", "created_at"),
        Index("ix_message_settled", "settled_at"),
        # a message is over exactly when it is known how it ended
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[str | None] = mapped_column(String(20), index=True)
    subject_id: Mapped[str | None] = mapped_column(String(KEY_LENGTH), index=True, info=_MESSAGE)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel), default=Channel.EMAIL)
    address: Mapped[str] = mapped_column(Encrypted("message.address"), info=_MESSAGE)
    address_index: Mapped[str | None] = mapped_column(String(64), info=_MESSAGE)
    subject: Mapped[str] = mapped_column(Encrypted("message.subject"), info=_MESSAGE)
    body: Mapped[str] = mapped_column(Encrypted("message.body"), info=_MESSAGE)
    stop_link: Mapped[str | None] = mapped_column(Encrypted("message.stop_link"), info=_MESSAGE)
    attachment_id: Mapped[str | None] = mapped_column(
        ForeignKey("stored_file.id", ondelete="SET NULL"), info=_MESSAGE
    )
    attachment_name: Mapped[str | None] = mapped_column(String(80), info=_MESSAGE)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(2), info=_MESSAGE)
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[MessageState] = mapped_column(
        enum_type(MessageState), default=MessageState.WAITING
    )
    trouble: Mapped[Trouble | None] = mapped_column(enum_type(Trouble))
    created_at: Mapped[datetime]
    send_after: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    quiet_from_minute: Mapped[int | None]
    quiet_to_minute: Mapped[int | None]
    zone: Mapped[str | None] = mapped_column(String(40))
    gateway_id: Mapped[str | None] = mapped_column(String(120), index=True)
    tries: Mapped[int] = mapped_column(default=0)
