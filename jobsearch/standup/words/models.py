"""Tables of what people say in the meetings of one day."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.standup.words.rules import (
    MOST_EMPLOYER,
    MOST_LEARNED,
    MOST_NEWS,
    MOST_NEXT,
    News,
    Way,
)

_GROUP = "the person, her coaches; her group by the name she chose"
_BASIS = "employment contract (GDPR art. 6(1)(b))"
_PLANNED = personal(
    purpose="to begin the day's search with a plan that is said aloud",
    basis=_BASIS,
    retention="until the end of follow-up",
    sees=_GROUP,
)
_SAID = personal(
    purpose="to share in the debrief what was learned, also for who is away",
    basis=_BASIS,
    retention="until the end of follow-up",
    sees=_GROUP,
)
_TOLD = personal(
    purpose="to celebrate in the group what the person wants to be celebrated",
    basis="the person tells it herself, or says yes to her coach, and can take it back",
    retention="until the end of follow-up",
    sees=_GROUP,
)


class DayPlan(Owned, Versioned, Base):
    """Which employer a person turns to first on one day, how, and at which minute of the day."""

    __tablename__ = "day_plan"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "cohort_day_id"),
        CheckConstraint("at_minute BETWEEN 0 AND 1439", name="at_minute"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    cohort_day_id: Mapped[str] = mapped_column(ForeignKey("cohort_day.id"), index=True)
    employer: Mapped[str] = mapped_column(String(MOST_EMPLOYER), info=_PLANNED)
    way: Mapped[Way] = mapped_column(enum_type(Way, name="plan_way"), info=_PLANNED)
    at_minute: Mapped[int] = mapped_column(info=_PLANNED)


class Debrief(Owned, Versioned, Base):
    """What a person learned on one day and does next: said in the debrief, or sent by who is away.

    Whether she was away stands in her attendance, and no reason of it anywhere.
    """

    __tablename__ = "debrief"
    __table_args__ = (UniqueConstraint("enrolment_id", "cohort_day_id"),)

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    cohort_day_id: Mapped[str] = mapped_column(ForeignKey("cohort_day.id"), index=True)
    learned: Mapped[str] = mapped_column(String(MOST_LEARNED), info=_SAID)
    next_step: Mapped[str] = mapped_column(String(MOST_NEXT), info=_SAID)
    written_at: Mapped[datetime] = mapped_column(info=_SAID)


class GoodNews(Owned, Base):
    """An interview or a job that a person wants her group to celebrate; taken back it is gone."""

    __tablename__ = "good_news"
    __table_args__ = (UniqueConstraint("enrolment_id", "cohort_day_id", "news"),)

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    cohort_day_id: Mapped[str] = mapped_column(ForeignKey("cohort_day.id"), index=True)
    news: Mapped[News] = mapped_column(enum_type(News, name="news"), info=_TOLD)
    words: Mapped[str] = mapped_column(String(MOST_NEWS), info=_TOLD)
    told_at: Mapped[datetime] = mapped_column(info=_TOLD)
