"""Tables of cohorts: a programme with dates and people."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.cohorts.rules import CohortState, EnrolmentState
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.core.text import Words
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.programmes.rules import BlockKind

__all__ = ["Cohort", "CohortBlock", "CohortDay", "CohortState", "Enrolment", "EnrolmentState"]

_ENROLMENT = personal(
    purpose="to run the programme and to follow its outcome",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up; anonymous counts remain",
    sees="provider's staff, the person, her group by first name",
)


class Cohort(Owned, Versioned, Base):
    """One group of 3-6 people with its twelve days; each change on its board moves its version."""

    __tablename__ = "cohort"
    __table_args__ = (
        UniqueConstraint("programme_id", "name"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("seats BETWEEN 1 AND 6", name="seats"),
        Index("ix_cohort_dates", "starts_on", "ends_on", "organisation_id"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(60), default="")
    meeting_url: Mapped[str | None] = mapped_column(String(400))
    meeting_phone: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[CohortState] = mapped_column(enum_type(CohortState), default=CohortState.OPEN)
    seats: Mapped[int] = mapped_column(default=6)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    coach_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)
    board_version: Mapped[int] = mapped_column(default=1, info={"unaudited": True})

    programme: Mapped[Programme] = relationship(lazy="raise")
    coach: Mapped[Account | None] = relationship(lazy="raise")
    days: Mapped[list["CohortDay"]] = relationship(
        lazy="raise", order_by="CohortDay.on", cascade="all, delete-orphan"
    )
    enrolments: Mapped[list["Enrolment"]] = relationship(lazy="raise", back_populates="cohort")


class CohortDay(Owned, Versioned, Base):
    """One working day of a cohort; moving keeps its hours, cancelling takes them away."""

    __tablename__ = "cohort_day"
    __table_args__ = (
        UniqueConstraint("cohort_id", "position"),
        UniqueConstraint("cohort_id", "on"),
        Index("ix_cohort_day_on", "on", "organisation_id"),
    )

    id: Mapped[Key]
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"))
    position: Mapped[int]
    week: Mapped[int]
    on: Mapped[date]
    planned_on: Mapped[date]
    starts_minute: Mapped[int]
    paid_minutes: Mapped[int]
    title: Mapped[Words]
    cancelled_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship(lazy="raise", viewonly=True)
    blocks: Mapped[list["CohortBlock"]] = relationship(
        lazy="raise", order_by="CohortBlock.position", cascade="all, delete-orphan"
    )


class CohortBlock(Owned, Base):
    """One block of a cohort's day."""

    __tablename__ = "cohort_block"
    __table_args__ = (UniqueConstraint("cohort_day_id", "position"),)

    id: Mapped[Key]
    cohort_day_id: Mapped[str] = mapped_column(ForeignKey("cohort_day.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[BlockKind] = mapped_column(enum_type(BlockKind))
    starts_minute: Mapped[int]
    minutes: Mapped[int]
    text: Mapped[Words]
    template_block_id: Mapped[str | None] = mapped_column(ForeignKey("template_block.id"))


class Enrolment(Owned, Versioned, Base):
    """One person in one cohort; `started` is what the denominators of results count."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("cohort_id", "person_id"),
        Index("ix_enrolment_person", "person_id"),
    )

    id: Mapped[Key]
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    state: Mapped[EnrolmentState] = mapped_column(
        enum_type(EnrolmentState), default=EnrolmentState.PLACED, info=_ENROLMENT
    )
    left_on: Mapped[date | None] = mapped_column(info=_ENROLMENT)
    # from the day on which both had signed she may log, though her group has not begun
    waiting_from: Mapped[date | None] = mapped_column(info=_ENROLMENT)

    cohort: Mapped[Cohort] = relationship(lazy="raise", back_populates="enrolments")
    person: Mapped[Person] = relationship(lazy="raise")
