"""Tables of contacts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal, personal
from jobsearch.recruitment.contacts.rules import ContactChannel, ContactResult
from jobsearch.recruitment.rules import CallWhy

_CONTACT = personal(
    purpose="to reach the candidate, and to show that she was tried before she was closed",
    basis="steps before an employment contract, at the person's request (GDPR art. 6(1)(b))",
    retention="that of the candidate",
    sees="provider's staff, the person",
)


class ContactAttempt(Owned, Versioned, Base):
    """One attempt to reach a candidate: how, what came of it, and when to try next.

    One that was taken back stays, marked; what stood on the call list before (`was_…`) is kept.
    """

    __tablename__ = "contact_attempt"
    __table_args__ = (
        # two people log for one candidate at once: the later one looks again
        UniqueConstraint("candidate_id", "number"),
        CheckConstraint("undone_by_id IS NULL OR undone_at IS NOT NULL", name="undone"),
        Index("ix_contact_attempt_person", "person_id"),
    )

    id: Mapped[Key]
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int] = mapped_column(info=impersonal("the order of the attempts"))
    channel: Mapped[ContactChannel] = mapped_column(enum_type(ContactChannel), info=_CONTACT)
    result: Mapped[ContactResult] = mapped_column(enum_type(ContactResult), info=_CONTACT)
    tried_at: Mapped[datetime] = mapped_column(info=_CONTACT)
    next_on: Mapped[date | None] = mapped_column(info=_CONTACT)
    tried_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    move_id: Mapped[str | None] = mapped_column(ForeignKey("candidate_move.id"), unique=True)
    undone_at: Mapped[datetime | None] = mapped_column(info=_CONTACT)
    undone_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    was_call_on: Mapped[date | None] = mapped_column(info=_CONTACT)
    was_call_why: Mapped[CallWhy | None] = mapped_column(enum_type(CallWhy), info=_CONTACT)
    was_tries: Mapped[int] = mapped_column(default=0, info=_CONTACT)
