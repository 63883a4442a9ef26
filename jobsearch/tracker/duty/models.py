"""How many acts of job search a month a person's plan asks of her."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, personal

__all__ = ["DutyNumber"]

_DUTY = personal(
    purpose="to see in time whether the month's duty to search is met",
    basis="employment contract (GDPR art. 6(1)(b)); act on employment services 380/2023",
    retention="until the end of follow-up",
    sees="the person, her coach",
)


class DutyNumber(Owned, Base):
    """From a month on, so many acts in one month or in three stand in one person's plan.

    `from_month` is the first day of a month. Nothing is changed: of two that begin in one month the
    one that was set later holds.
    """

    __tablename__ = "duty_number"
    __table_args__ = (
        CheckConstraint("number BETWEEN 0 AND 20", name="number"),
        CheckConstraint("months IN (1, 3)", name="months"),
        Index("ix_duty_number_person_month", "person_id", "from_month"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    from_month: Mapped[date] = mapped_column(info=_DUTY)
    number: Mapped[int] = mapped_column(info=_DUTY)
    months: Mapped[int] = mapped_column(default=1, info=_DUTY)
    source: Mapped[str] = mapped_column(String(120), info=_DUTY)
    set_at: Mapped[datetime] = mapped_column(info=_DUTY)
    set_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
