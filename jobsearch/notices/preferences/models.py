"""Tables of how people want to be reached."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Versioned, enum_type, personal
from jobsearch.core.tokens import KEY_LENGTH
from jobsearch.notices.rules import Channel

_CHOICE = personal(
    purpose="to reach the person in the way she chose",
    basis="her own choice",
    retention="that of the person or account",
    sees="the person",
)


class MessageChoice(Versioned, Base):
    """What one person or account chose: channel, language and quiet hours of messages to her.

    It belongs to her and to no organisation: a municipal coach has one for all providers.
    """

    __tablename__ = "message_choice"
    __table_args__ = (
        CheckConstraint("quiet_from_minute BETWEEN 0 AND 1440", name="quiet_from"),
        CheckConstraint("quiet_to_minute BETWEEN 0 AND 1440", name="quiet_to"),
    )

    id: Mapped[Key]
    subject_id: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True, info=_CHOICE)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel), info=_CHOICE)
    language: Mapped[str | None] = mapped_column(String(2), info=_CHOICE)
    quiet_from_minute: Mapped[int] = mapped_column(info=_CHOICE)
    quiet_to_minute: Mapped[int] = mapped_column(info=_CHOICE)
    chosen_at: Mapped[datetime] = mapped_column(info=_CHOICE)


class DeclinedKind(Base):
    """One optional kind of message that one person or account does not want."""

    __tablename__ = "declined_kind"
    __table_args__ = (UniqueConstraint("subject_id", "kind"),)

    id: Mapped[Key]
    subject_id: Mapped[str] = mapped_column(String(KEY_LENGTH), info=_CHOICE)
    kind: Mapped[str] = mapped_column(String(40), info=_CHOICE)
    declined_at: Mapped[datetime] = mapped_column(info=_CHOICE)
