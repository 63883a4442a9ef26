"""Tables of attendance: one row per person and day, in minutes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.attendance.rules import AttendanceState, Mark
from jobsearch.cohorts.models import CohortDay, Enrolment
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal

__all__ = ["Attendance", "AttendanceState", "Mark"]

_HOURS = personal(
    purpose="to pay for the hours worked and to keep the record of working time",
    basis="working time act 872/2019 section 32; employment contract",
    retention="running year and two calendar years; in payroll 10 years",
    sees="coach, payroll clerk, manager, the person; the group sees present or away",
)


class Attendance(Owned, Versioned, Base):
    """One person's working day. No row means not marked yet: an exception, never zero hours.

    `paid_minutes` holds the `extra_minutes` that were approved beside the plan.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "cohort_day_id"),
        CheckConstraint("paid_minutes BETWEEN 0 AND 600", name="paid_minutes"),
        # extra hours are paid only when somebody has approved them, to who was there
        CheckConstraint("extra_minutes BETWEEN 0 AND paid_minutes", name="extra_minutes"),
        CheckConstraint("(extra_minutes = 0) = (extra_by_id IS NULL)", name="extra_approved"),
        CheckConstraint("extra_minutes = 0 OR mark = 'present'", name="extra_present"),
        CheckConstraint("mark <> 'unpaid_absence' OR paid_minutes = 0", name="unpaid"),
        CheckConstraint("mark <> 'unsettled_absence' OR paid_minutes = 0", name="unsettled"),
        Index("ix_attendance_day", "cohort_day_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    cohort_day_id: Mapped[str] = mapped_column(ForeignKey("cohort_day.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    mark: Mapped[Mark] = mapped_column(enum_type(Mark), info=_HOURS)
    planned_minutes: Mapped[int] = mapped_column(info=_HOURS)
    paid_minutes: Mapped[int] = mapped_column(info=_HOURS)
    extra_minutes: Mapped[int] = mapped_column(default=0, info=_HOURS)
    extra_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    state: Mapped[AttendanceState] = mapped_column(
        enum_type(AttendanceState), default=AttendanceState.MARKED, info=_HOURS
    )
    marked_at: Mapped[datetime] = mapped_column(info=_HOURS)
    checked_in_at: Mapped[datetime | None] = mapped_column(info=_HOURS)

    enrolment: Mapped[Enrolment] = relationship(lazy="raise")
    day: Mapped[CohortDay] = relationship(lazy="raise")
