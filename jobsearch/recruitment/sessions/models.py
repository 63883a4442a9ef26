"""Tables of info sessions: when and where they are, who booked, and each pass over their lists."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal, personal
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import SessionForm
from jobsearch.recruitment.sessions.rules import BookedBy, BookingState, Mode, SessionState

BOOKING = personal(
    purpose="to hold a place in an info session, and to learn who came",
    basis="steps before an employment contract, at the person's request (GDPR art. 6(1)(b))",
    retention="6 months for who was not selected; anonymous counts remain",
    sees="provider's staff, the person",
)


class InfoSession(Owned, Versioned, Base):
    """One info session of a programme: when, where, in which language, with how many places."""

    __tablename__ = "info_session"
    __table_args__ = (
        CheckConstraint("capacity BETWEEN 1 AND 60", name="capacity"),
        CheckConstraint("minutes BETWEEN 15 AND 240", name="minutes"),
        # one to one is a place for one
        CheckConstraint("session_form <> 'one_to_one' OR capacity = 1", name="one_to_one"),
        # nobody is asked to come to nowhere
        CheckConstraint("mode <> 'on_site' OR place <> ''", name="place"),
        CheckConstraint("mode <> 'online' OR meeting_url IS NOT NULL", name="link"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        Index("ix_info_session_starts", "starts_at", "id"),
        Index("ix_info_session_programme", "programme_id", "starts_at"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    host_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    session_form: Mapped[SessionForm] = mapped_column(enum_type(SessionForm))
    mode: Mapped[Mode] = mapped_column(enum_type(Mode))
    language: Mapped[str] = mapped_column(String(2))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    capacity: Mapped[int]
    place: Mapped[str] = mapped_column(String(120), default="")
    meeting_url: Mapped[str | None] = mapped_column(String(400))
    meeting_phone: Mapped[str | None] = mapped_column(String(30))
    note: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[SessionState] = mapped_column(enum_type(SessionState), default=SessionState.OPEN)
    cancelled_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(lazy="raise")
    host: Mapped[Account | None] = relationship(lazy="raise")


class Booking(Owned, Versioned, Base):
    """One candidate's place in an info session; moving it changes the session, not the row.

    Its key is the identifier in calendars; `sequence` grows with every change that they must learn.
    """

    __tablename__ = "booking"
    __table_args__ = (
        # at most one place is held at a time
        Index(
            "uq_booking_held",
            "candidate_id",
            unique=True,
            sqlite_where=literal_column("state = 'booked'"),
            postgresql_where=literal_column("state = 'booked'"),
        ),
        CheckConstraint(
            "(state IN ('came', 'did_not_come')) = (marked_at IS NOT NULL)", name="marked"
        ),
        CheckConstraint(
            "(state IN ('cancelled', 'called_off')) = (ended_at IS NOT NULL)", name="ended"
        ),
        CheckConstraint("times_moved >= 0 AND sequence >= 0", name="counts"),
        Index("ix_booking_session", "session_id", "state"),
        Index("ix_booking_candidate", "candidate_id", "booked_at"),
        Index("ix_booking_person", "person_id"),
    )

    id: Mapped[Key]
    session_id: Mapped[str] = mapped_column(ForeignKey("info_session.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    state: Mapped[BookingState] = mapped_column(
        enum_type(BookingState), default=BookingState.BOOKED, info=BOOKING
    )
    booked_by: Mapped[BookedBy] = mapped_column(enum_type(BookedBy), info=BOOKING)
    booked_at: Mapped[datetime] = mapped_column(info=BOOKING)
    times_moved: Mapped[int] = mapped_column(default=0, info=BOOKING)
    sequence: Mapped[int] = mapped_column(default=0, info=impersonal("how often calendars changed"))
    ended_at: Mapped[datetime | None] = mapped_column(info=BOOKING)
    marked_at: Mapped[datetime | None] = mapped_column(info=BOOKING)
    marked_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)

    session: Mapped[InfoSession] = relationship(lazy="raise")
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Marking(Owned, Versioned, Base):
    """One pass over a session's list; what stood before it is kept, so that it can be undone.

    `before` and `after` are JSON: booking's key to its mark.
    """

    __tablename__ = "marking"
    __table_args__ = (UniqueConstraint("session_id", "number"),)

    id: Mapped[Key]
    session_id: Mapped[str] = mapped_column(ForeignKey("info_session.id"))
    number: Mapped[int]
    marked_at: Mapped[datetime]
    marked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    before: Mapped[str] = mapped_column(Text, info=BOOKING)
    after: Mapped[str] = mapped_column(Text, info=BOOKING)
    undone_at: Mapped[datetime | None]
