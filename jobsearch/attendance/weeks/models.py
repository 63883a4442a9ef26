"""Tables of weeks: what participants say of their days, and who opened a locked week again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.core.db import Base, Key, Owned, personal

_SAID = personal(
    purpose="to know who comes, and that the hours are agreed",
    basis="working time act 872/2019 section 32; employment contract",
    retention="running year and two calendar years",
    sees="coach, manager, the person",
)
_UNLOCKED = personal(
    purpose="to show who opened hours that were approved, and why",
    basis="working time act 872/2019 section 32; act 906/2019 section 17",
    retention="running year and two calendar years",
    sees="coach, manager, payroll clerk",
)


class AbsenceNotice(Owned, Base):
    """A participant's word in advance that she is away or comes late; no reason is kept."""

    __tablename__ = "absence_notice"
    __table_args__ = (
        CheckConstraint("late_minutes BETWEEN 5 AND 300", name="late_minutes"),
        Index("ix_absence_notice_day", "cohort_day_id"),
        Index("ix_absence_notice_person", "person_id"),
        # one word a day counts; another takes its place
        Index(
            "uq_absence_notice_open",
            "enrolment_id",
            "cohort_day_id",
            unique=True,
            sqlite_where=literal_column("taken_back_at IS NULL"),
            postgresql_where=literal_column("taken_back_at IS NULL"),
        ),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    cohort_day_id: Mapped[str] = mapped_column(ForeignKey("cohort_day.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    late_minutes: Mapped[int | None] = mapped_column(info=_SAID)
    told_at: Mapped[datetime] = mapped_column(info=_SAID)
    taken_back_at: Mapped[datetime | None] = mapped_column(info=_SAID)


class WeekWord(Owned, Base):
    """A participant's word that the hours of her week are complete; taken back by its deletion."""

    __tablename__ = "week_word"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "week"),
        Index("ix_week_word_person", "person_id"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    week: Mapped[int] = mapped_column(info=_SAID)
    said_at: Mapped[datetime] = mapped_column(info=_SAID)


class WeekUnlock(Owned, Base):
    """A locked week that was opened again: who, when and why."""

    __tablename__ = "week_unlock"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_week_unlock_cohort", "cohort_id", "week"),
    )

    id: Mapped[Key]
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    week: Mapped[int]
    unlocked_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"), info=_UNLOCKED)
    unlocked_at: Mapped[datetime] = mapped_column(info=_UNLOCKED)
    reason: Mapped[str] = mapped_column(String(300), info=_UNLOCKED)

    unlocked_by: Mapped[Account] = relationship(lazy="raise")
