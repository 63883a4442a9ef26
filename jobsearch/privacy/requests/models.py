"""Table of requests about one's data."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Encrypted, Key, Owned, Versioned, enum_type, personal
from jobsearch.people.models import Person
from jobsearch.privacy.requests.rules import Area, RequestKind, RequestState

_REQUEST = personal(
    purpose="to answer what a person asks about her data, in time, and to show that it was",
    basis="GDPR art. 12 and 15-21",
    retention="3 years after the answer",
    sees="manager, the person",
)


class DataRequest(Owned, Versioned, Base):
    """One thing that a person asked about her data, and what she was answered."""

    __tablename__ = "data_request"
    __table_args__ = (
        # answered is answered in words, on a day, by somebody
        CheckConstraint(
            "(state IN ('done', 'refused')) = (answered_at IS NOT NULL)", name="answered"
        ),
        CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)"
            " AND (answered_at IS NULL) = (answer IS NULL)",
            name="answer",
        ),
        CheckConstraint("(state = 'taken_back') = (taken_back_at IS NOT NULL)", name="taken_back"),
        # a later day has its reason
        CheckConstraint("(later_at IS NULL) = (later_reason IS NULL)", name="later"),
        CheckConstraint("due_on > asked_on", name="due"),
        Index("ix_data_request_due", "due_on", "organisation_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(enum_type(RequestKind), info=_REQUEST)
    area: Mapped[Area] = mapped_column(enum_type(Area), info=_REQUEST)
    words: Mapped[str] = mapped_column(Encrypted("data_request.words"), info=_REQUEST)
    state: Mapped[RequestState] = mapped_column(
        enum_type(RequestState), default=RequestState.ASKED, info=_REQUEST
    )
    asked_at: Mapped[datetime] = mapped_column(info=_REQUEST)
    asked_on: Mapped[date] = mapped_column(info=_REQUEST)
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date] = mapped_column(info=_REQUEST)
    later_at: Mapped[datetime | None] = mapped_column(info=_REQUEST)
    later_reason: Mapped[str | None] = mapped_column(
        Encrypted("data_request.later_reason"), info=_REQUEST
    )
    answer: Mapped[str | None] = mapped_column(Encrypted("data_request.answer"), info=_REQUEST)
    answered_at: Mapped[datetime | None] = mapped_column(info=_REQUEST)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None] = mapped_column(info=_REQUEST)

    person: Mapped[Person] = relationship(lazy="raise")
