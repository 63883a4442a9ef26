"""Tables of outcomes: what people found, and what the follow-up heard."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal, personal
from jobsearch.outcomes.following.rules import Way
from jobsearch.outcomes.rules import (
    Answer,
    Evidence,
    FoundThrough,
    OutcomeKind,
    OwnField,
    SeenDocument,
)
from jobsearch.people.models import Person

_OUTCOME = personal(
    purpose="to follow what came of the programme and to pay the outcome bonus",
    basis="employment contract (GDPR art. 6(1)(b)); statistics (art. 89)",
    retention="until the end of follow-up; anonymous counts remain",
    sees="coach, manager, the person",
)
_OF_THE_NOTING = impersonal("when somebody wrote it down")


class Outcome(Owned, Versioned, Base):
    """One thing that one person found: work or studies. A person may have several.

    `before_start_on` is the day on which she said that she does not begin because of it: such an
    outcome is of its own kind and never counts among those of the people who started. `fit` is 1-5
    by her own word. `checked_at` says when somebody asked the employer or saw a document, `seen`
    which one; the document itself is not kept. Rows of a sheet were checked elsewhere.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="days"),
        CheckConstraint("weekly_minutes BETWEEN 15 AND 6000", name="weekly_minutes"),
        CheckConstraint("fit BETWEEN 1 AND 5", name="fit"),
        # a thing comes from a lead or from one logged action, not from both
        CheckConstraint("lead_id IS NULL OR action_id IS NULL", name="one_origin"),
        CheckConstraint("seen IS NULL OR evidence = 'document'", name="seen"),
        CheckConstraint("(checked_at IS NULL) = (checked_by_id IS NULL)", name="checked"),
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
    weekly_minutes: Mapped[int | None] = mapped_column(info=_OUTCOME)
    own_field: Mapped[OwnField | None] = mapped_column(enum_type(OwnField), info=_OUTCOME)
    fit: Mapped[int | None] = mapped_column(info=_OUTCOME)
    lead_id: Mapped[str | None] = mapped_column(
        ForeignKey("lead.id", ondelete="SET NULL"), index=True
    )
    action_id: Mapped[str | None] = mapped_column(
        ForeignKey("action.id", ondelete="SET NULL"), index=True
    )
    seen: Mapped[SeenDocument | None] = mapped_column(enum_type(SeenDocument), info=_OUTCOME)
    checked_at: Mapped[datetime | None] = mapped_column(info=_OUTCOME)
    checked_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    noted_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_NOTING)
    noted_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class FollowUp(Owned, Versioned, Base):
    """What one person answered on one day of the follow-up; unknown is an answer of its own.

    `point` is the question that it answers, in months from the end; none where nobody was asked.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "asked_on"),
        # a question has one answer, however it came
        UniqueConstraint("enrolment_id", "point"),
        CheckConstraint("point BETWEEN 0 AND 24", name="point"),
        # who taps a link is nobody who signed in
        CheckConstraint("way <> 'link' OR noted_by_id IS NULL", name="by_link"),
        Index("ix_follow_up_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_on: Mapped[date] = mapped_column(info=_OUTCOME)
    answer: Mapped[Answer] = mapped_column(enum_type(Answer), info=_OUTCOME)
    point: Mapped[int | None] = mapped_column(info=_OUTCOME)
    way: Mapped[Way] = mapped_column(enum_type(Way), default=Way.NOTED, info=_OUTCOME)
    noted_at: Mapped[datetime | None] = mapped_column(info=_OF_THE_NOTING)
    noted_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))

    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
