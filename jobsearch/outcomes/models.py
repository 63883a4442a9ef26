"""Tables of outcomes: what people found, and what the follow-up heard."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.outcomes.rules import Answer, Evidence, FoundThrough, OutcomeKind
from jobsearch.people.models import Person

_OUTCOME = personal(
    purpose="to follow what came of the programme and to pay the outcome bonus",
    basis="employment contract (GDPR art. 6(1)(b)); statistics (art. 89)",
    retention="until the end of follow-up; anonymous counts remain",
    sees="coach, manager, the person",
)


class Outcome(Owned, Versioned, Base):
    """One thing that one person found: work or studies. A person may have several.

    `before_start_on` is the day on which she said that she does not begin because of it: such an
    outcome is of its own kind and never counts among those of the people who started.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="days"),
        Index("ix_outcome_enrolment", "enrolment_id", "began_on"),
        Index("ix_outcome_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[OutcomeKind] = mapped_column(enum_type(OutcomeKind), info=_OUTCOME)
    began_on: Mapped[date] = mapped_column(info=_OUTCOME)
    ended_on: Mapped[date | None] = mapped_column(info=_OUTCOME)
    found_through: Mapped[FoundThrough | None] = mapped_column(
        enum_type(FoundThrough), info=_OUTCOME
    )
    evidence: Mapped[Evidence] = mapped_column(
        enum_type(Evidence), default=Evidence.OWN_WORD, info=_OUTCOME
    )
    before_start_on: Mapped[date | None] = mapped_column(info=_OUTCOME)

    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class FollowUp(Owned, Versioned, Base):
    """What one person answered on one day of the follow-up; unknown is an answer of its own."""

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "asked_on"),
        Index("ix_follow_up_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_on: Mapped[date] = mapped_column(info=_OUTCOME)
    answer: Mapped[Answer] = mapped_column(enum_type(Answer), info=_OUTCOME)

    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
