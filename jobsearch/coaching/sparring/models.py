"""Tables of sparring."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.coaching.sparring.rules import Reader
from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import (
    Base,
    Encrypted,
    Key,
    Owned,
    Versioned,
    enum_type,
    impersonal,
    personal,
)

__all__ = ["NextStep", "Reader", "SparringNote", "SparringSlot"]

_TALK = personal(
    purpose="to help the person in her job search, and to share the coach's time fairly",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up; anonymous counts remain",
    sees="the person, her coach",
)
_OFFER = impersonal("a time that a coach offers; who takes it stands in its enrolment")
_NOTE = personal(
    purpose="to carry on where the last talk ended",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up",
    sees="the provider's coaches; the person what is shared with her, and all of it on request",
)


class SparringSlot(Owned, Versioned, Base):
    """A time that a coach offers for one talk; booked it has an enrolment."""

    __tablename__ = "sparring_slot"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 10 AND 120", name="minutes"),
        CheckConstraint("(enrolment_id IS NULL) = (booked_at IS NULL)", name="booked"),
        Index("ix_sparring_slot_enrolment", "enrolment_id"),
        # a coach is in one place at a time
        Index(
            "uq_sparring_slot_open",
            "coach_id",
            "starts_at",
            unique=True,
            sqlite_where=literal_column("withdrawn_at IS NULL"),
            postgresql_where=literal_column("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    coach_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    starts_at: Mapped[datetime] = mapped_column(info=_OFFER)
    minutes: Mapped[int] = mapped_column(info=_OFFER)
    enrolment_id: Mapped[str | None] = mapped_column(ForeignKey("enrolment.id"))
    booked_at: Mapped[datetime | None] = mapped_column(info=_TALK)
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=_OFFER)
    missed_at: Mapped[datetime | None] = mapped_column(info=_TALK)

    enrolment: Mapped[Enrolment | None] = relationship(lazy="raise")


class SparringNote(Owned, Base):
    """A coach's note about one person: for coaches alone, or shared with her."""

    __tablename__ = "sparring_note"
    __table_args__ = (
        Index("ix_sparring_note_enrolment", "enrolment_id", "written_at"),
        Index("ix_sparring_note_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    writer_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    reader: Mapped[Reader] = mapped_column(enum_type(Reader, name="note_reader"), info=_NOTE)
    body: Mapped[str] = mapped_column(Encrypted("sparring_note.body"), info=_NOTE)
    written_at: Mapped[datetime] = mapped_column(info=_NOTE)

    writer: Mapped[Account] = relationship(lazy="raise")


class NextStep(Owned, Versioned, Base):
    """What a person and her coach agreed that she does next; it stands on her day."""

    __tablename__ = "next_step"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text"),
        Index("ix_next_step_enrolment", "enrolment_id", "done_at"),
        Index("ix_next_step_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(String(200), info=_TALK)
    due_on: Mapped[date | None] = mapped_column(info=_TALK)
    agreed_at: Mapped[datetime] = mapped_column(info=_TALK)
    done_at: Mapped[datetime | None] = mapped_column(info=_TALK)
    dropped_at: Mapped[datetime | None] = mapped_column(info=_TALK)
