"""Table of alerts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.coaching.alerts.rules import AlertRule, Verdict
from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal, personal

__all__ = ["Alert"]

_ALERT = personal(
    purpose="to offer help in time to who is stuck in her search",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up; anonymous counts remain",
    sees="her coaches; the person on request",
)
_OPEN = "ended_at IS NULL"


class Alert(Owned, Versioned, Base):
    """A rule holds of one person from a day on; open until it holds no more or a coach ends it.

    `on`, `until`, `count` and `out_of` are what its sentence says: days, and so many of so many,
    as they were when it was raised. Without `ended_by_id` an ended one has ended by itself.
    """

    __tablename__ = "alert"
    __table_args__ = (
        CheckConstraint("(verdict IS NULL) = (judged_at IS NULL)", name="judged"),
        CheckConstraint("ended_by_id IS NULL OR ended_at IS NOT NULL", name="ended"),
        CheckConstraint("(taken_by_id IS NULL) = (taken_at IS NULL)", name="taken"),
        Index("ix_alert_cohort", "cohort_id", "raised_at"),
        Index("ix_alert_enrolment", "enrolment_id", "rule"),
        # one rule speaks of one person once at a time
        Index(
            "uq_alert_open",
            "enrolment_id",
            "rule",
            unique=True,
            sqlite_where=literal_column(_OPEN),
            postgresql_where=literal_column(_OPEN),
        ),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    rule: Mapped[AlertRule] = mapped_column(enum_type(AlertRule), info=_ALERT)
    raised_on: Mapped[date] = mapped_column(info=_ALERT)
    raised_at: Mapped[datetime] = mapped_column(info=_ALERT)
    on: Mapped[date | None] = mapped_column(info=_ALERT)
    until: Mapped[date | None] = mapped_column(info=_ALERT)
    count: Mapped[int] = mapped_column(default=0, info=_ALERT)
    out_of: Mapped[int] = mapped_column(default=0, info=_ALERT)
    taken_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[datetime | None] = mapped_column(info=_ALERT)
    ended_at: Mapped[datetime | None] = mapped_column(info=_ALERT)
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    verdict: Mapped[Verdict | None] = mapped_column(enum_type(Verdict), info=_ALERT)
    judged_at: Mapped[datetime | None] = mapped_column(info=_ALERT)
    # when the coach's message with it was written
    told_at: Mapped[datetime | None] = mapped_column(
        info=impersonal("when a coach was told of it") | {"unaudited": True}
    )
