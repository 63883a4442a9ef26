"""Tables of selection: editions of criteria, decisions, the waiting list and offers of seats."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import literal_column as literal
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import Base, Encrypted, Key, Owned, Versioned, enum_type, personal
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.selection.rules import (
    Answer,
    Decision,
    DecisionState,
    OfferState,
    PlaceState,
    Reason,
)

_SELECTION = personal(
    purpose="to choose who gets a seat by the same criteria for everyone, and to answer for it",
    basis="steps before an employment contract, at the person's request (GDPR art. 6(1)(b))",
    retention="6 months for who was not selected; anonymous counts remain",
    sees="provider's staff; the person on request",
)


class CriteriaEdition(Owned, Versioned, Base):
    """One edition of a programme's criteria; once a decision uses it, it is never changed."""

    __tablename__ = "criteria_edition"
    __table_args__ = (UniqueConstraint("programme_id", "edition"),)

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    edition: Mapped[int]
    written_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]

    criteria: Mapped[list["Criterion"]] = relationship(
        lazy="raise", order_by="Criterion.position", cascade="all, delete-orphan"
    )


class Criterion(Owned, Base):
    """One thing that is so or not; it weighs as much as every other."""

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("edition_id", "position"),)

    id: Mapped[Key]
    edition_id: Mapped[str] = mapped_column(ForeignKey("criteria_edition.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(160))


class SelectionDecision(Owned, Versioned, Base):
    """What was decided about one candidate for one group, why, by whom, and who saw it second."""

    __tablename__ = "selection_decision"
    __table_args__ = (
        # one decision about a candidate is open or holds at a time
        Index(
            "uq_selection_decision_live",
            "candidate_id",
            unique=True,
            sqlite_where=literal("state IN ('proposed', 'holds')"),
            postgresql_where=literal("state IN ('proposed', 'holds')"),
        ),
        # only a refusal waits for a second person
        CheckConstraint("state <> 'proposed' OR decision = 'refuse'", name="proposed"),
        # a refusal holds when somebody else has seen it
        CheckConstraint(
            "decision <> 'refuse' OR state <> 'holds' OR "
            "(second_by_id IS NOT NULL AND second_by_id <> decided_by_id)",
            name="four_eyes",
        ),
        CheckConstraint("(second_by_id IS NULL) = (second_at IS NULL)", name="second"),
        Index("ix_selection_decision_cohort", "cohort_id", "state"),
        Index("ix_selection_decision_person", "person_id"),
    )

    id: Mapped[Key]
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    edition_id: Mapped[str | None] = mapped_column(ForeignKey("criteria_edition.id"), index=True)
    decision: Mapped[Decision] = mapped_column(enum_type(Decision), info=_SELECTION)
    state: Mapped[DecisionState] = mapped_column(enum_type(DecisionState), info=_SELECTION)
    reason: Mapped[Reason] = mapped_column(enum_type(Reason), info=_SELECTION)
    words: Mapped[str] = mapped_column(Encrypted("selection_decision.words"), info=_SELECTION)
    decided_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(info=_SELECTION)
    second_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    second_at: Mapped[datetime | None] = mapped_column(info=_SELECTION)

    candidate: Mapped[Candidate] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    cohort: Mapped[Cohort] = relationship(lazy="raise")
    answers: Mapped[list["CriterionAnswer"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )


class CriterionAnswer(Owned, Base):
    """What one criterion said of the candidate when it was decided."""

    __tablename__ = "criterion_answer"
    __table_args__ = (UniqueConstraint("decision_id", "criterion_id"),)

    id: Mapped[Key]
    decision_id: Mapped[str] = mapped_column(
        ForeignKey("selection_decision.id", ondelete="CASCADE")
    )
    criterion_id: Mapped[str] = mapped_column(ForeignKey("criterion.id"), index=True)
    answer: Mapped[Answer] = mapped_column(enum_type(Answer), info=_SELECTION)

    criterion: Mapped[Criterion] = relationship(lazy="raise")


class WaitingPlace(Owned, Versioned, Base):
    """One candidate's place on the waiting list of a group; a lower number comes first."""

    __tablename__ = "waiting_place"
    __table_args__ = (
        UniqueConstraint("cohort_id", "number"),
        # nobody waits twice at a time
        Index(
            "uq_waiting_place_live",
            "candidate_id",
            unique=True,
            sqlite_where=literal("state IN ('waiting', 'offered')"),
            postgresql_where=literal("state IN ('waiting', 'offered')"),
        ),
        Index("ix_waiting_place_person", "person_id"),
    )

    id: Mapped[Key]
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int] = mapped_column(info=_SELECTION)
    state: Mapped[PlaceState] = mapped_column(
        enum_type(PlaceState), default=PlaceState.WAITING, info=_SELECTION
    )
    placed_at: Mapped[datetime] = mapped_column(info=_SELECTION)
    placed_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)

    candidate: Mapped[Candidate] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class SeatOffer(Owned, Versioned, Base):
    """One seat offered to one person on the waiting list, until a certain hour."""

    __tablename__ = "seat_offer"
    __table_args__ = (
        # a place has one open offer at a time
        Index(
            "uq_seat_offer_open",
            "place_id",
            unique=True,
            sqlite_where=literal("state = 'open'"),
            postgresql_where=literal("state = 'open'"),
        ),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("answer_by > offered_at", name="time"),
        Index("ix_seat_offer_open", "state", "answer_by"),
        Index("ix_seat_offer_cohort", "cohort_id", "state"),
        Index("ix_seat_offer_person", "person_id"),
    )

    id: Mapped[Key]
    place_id: Mapped[str] = mapped_column(ForeignKey("waiting_place.id", ondelete="CASCADE"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    state: Mapped[OfferState] = mapped_column(
        enum_type(OfferState), default=OfferState.OPEN, info=_SELECTION
    )
    offered_at: Mapped[datetime] = mapped_column(info=_SELECTION)
    answer_by: Mapped[datetime] = mapped_column(info=_SELECTION)
    answered_at: Mapped[datetime | None] = mapped_column(info=_SELECTION)

    place: Mapped[WaitingPlace] = relationship(lazy="raise")
    candidate: Mapped[Candidate] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    cohort: Mapped[Cohort] = relationship(lazy="raise")
