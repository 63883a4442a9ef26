"""The table of what people tell of their own job or studies."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.outcomes.rules import FoundThrough, OutcomeKind, OwnField
from jobsearch.outcomes.told.rules import ToldState

_TOLD = personal(
    purpose="to follow what came of the programme, by the person's own word",
    basis="employment contract (GDPR art. 6(1)(b)); statistics (art. 89)",
    retention="until the end of follow-up; a document until it is checked",
    sees="coach, manager, the person",
)


class ToldOutcome(Owned, Versioned, Base):
    """One thing that a person told of herself; it counts nowhere until a coach has noted it.

    With `ends_id` it tells that an outcome which is noted already has ended. From a link's answers
    kind and beginning may be missing. `state` says what the coach made of it.
    """

    __tablename__ = "told_outcome"
    __table_args__ = (
        CheckConstraint(
            "ended_on IS NULL OR began_on IS NULL OR ended_on >= began_on", name="days"
        ),
        CheckConstraint("weekly_minutes BETWEEN 15 AND 6000", name="weekly_minutes"),
        CheckConstraint("fit BETWEEN 1 AND 5", name="fit"),
        CheckConstraint("lead_id IS NULL OR action_id IS NULL", name="one_origin"),
        CheckConstraint("ends_id IS NULL OR ended_on IS NOT NULL", name="end"),
        # a document stays only until somebody has looked at it
        CheckConstraint("file_id IS NULL OR state = 'told'", name="file"),
        CheckConstraint("(state = 'told') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("outcome_id IS NULL OR state = 'noted'", name="noted"),
        Index("ix_told_outcome_enrolment", "enrolment_id", "state"),
        Index("ix_told_outcome_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ToldState] = mapped_column(
        enum_type(ToldState), default=ToldState.TOLD, info=_TOLD
    )
    told_at: Mapped[datetime] = mapped_column(info=_TOLD)
    kind: Mapped[OutcomeKind | None] = mapped_column(enum_type(OutcomeKind), info=_TOLD)
    began_on: Mapped[date | None] = mapped_column(info=_TOLD)
    ended_on: Mapped[date | None] = mapped_column(info=_TOLD)
    weekly_minutes: Mapped[int | None] = mapped_column(info=_TOLD)
    own_field: Mapped[OwnField | None] = mapped_column(enum_type(OwnField), info=_TOLD)
    fit: Mapped[int | None] = mapped_column(info=_TOLD)
    found_through: Mapped[FoundThrough | None] = mapped_column(enum_type(FoundThrough), info=_TOLD)
    lead_id: Mapped[str | None] = mapped_column(
        ForeignKey("lead.id", ondelete="SET NULL"), index=True
    )
    action_id: Mapped[str | None] = mapped_column(
        ForeignKey("action.id", ondelete="SET NULL"), index=True
    )
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))
    follow_up_id: Mapped[str | None] = mapped_column(
        ForeignKey("follow_up.id", ondelete="SET NULL"), unique=True
    )
    ends_id: Mapped[str | None] = mapped_column(
        ForeignKey("outcome.id", ondelete="SET NULL"), index=True
    )
    outcome_id: Mapped[str | None] = mapped_column(
        ForeignKey("outcome.id", ondelete="SET NULL"), index=True
    )
    settled_at: Mapped[datetime | None] = mapped_column(info=_TOLD)
    settled_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
