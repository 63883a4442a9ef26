"""Tables of addresses that messages do not reach."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Encrypted, Key, Owned, enum_type, personal
from jobsearch.core.tokens import KEY_LENGTH
from jobsearch.notices.delivery.rules import Trouble
from jobsearch.notices.rules import Channel

_FAILED = personal(
    purpose="to correct an address that messages do not reach",
    basis="employment contract and its preparation (GDPR art. 6(1)(b))",
    retention="until the address is corrected or tried again, at most a year",
    sees="coaches of the person, manager",
)


class FailedAddress(Owned, Base):
    """One address or number of one person or account to which a message could not be delivered."""

    __tablename__ = "failed_address"
    __table_args__ = (
        UniqueConstraint("subject_id", "address_index", "organisation_id"),
        Index("ix_failed_address_failed", "failed_at"),
    )

    id: Mapped[Key]
    subject_id: Mapped[str] = mapped_column(String(KEY_LENGTH), info=_FAILED)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel), info=_FAILED)
    address: Mapped[str] = mapped_column(Encrypted("failed_address.address"), info=_FAILED)
    address_index: Mapped[str] = mapped_column(String(64), info=_FAILED)
    trouble: Mapped[Trouble] = mapped_column(enum_type(Trouble), info=_FAILED)
    kind: Mapped[str] = mapped_column(String(40), info=_FAILED)
    failed_at: Mapped[datetime] = mapped_column(info=_FAILED)
