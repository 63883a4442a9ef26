"""Tables of the open tracker: employers, actions and goals."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.people.models import Person
from jobsearch.tracker.rules import ActionSource, Activity

__all__ = ["Action", "ActionSource", "Employer", "Goal"]

_SEARCH = personal(
    purpose="to follow the person's own job search and to help with it",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up; anonymous counts remain",
    sees="the person, her coach; her group by the name she chose",
)
_OWN = personal(
    purpose="the person's own notes on an action",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up",
    sees="the person and her coach; nobody of her group",
)


class Employer(Owned, Base):
    """One employer in one person's own register."""

    __tablename__ = "employer"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120), info=_SEARCH)


class Action(Owned, Versioned, Base):
    """One search action, or an imported count of them; undone ones stay and count nothing."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("count > 0", name="count"),
        # only an imported row stands for more than one action
        CheckConstraint("count = 1 OR source = 'imported'", name="one_action"),
        Index("ix_action_cohort_on", "cohort_id", "on"),
        Index("ix_action_person_on", "person_id", "on"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    on: Mapped[date] = mapped_column(info=_SEARCH)
    activity: Mapped[Activity] = mapped_column(enum_type(Activity), info=_SEARCH)
    count: Mapped[int] = mapped_column(default=1, info=_SEARCH)
    source: Mapped[ActionSource] = mapped_column(
        enum_type(ActionSource), default=ActionSource.OWN, info=_SEARCH
    )
    employer_id: Mapped[str | None] = mapped_column(ForeignKey("employer.id"), index=True)
    role_title: Mapped[str | None] = mapped_column(String(120), info=_SEARCH)
    note: Mapped[str | None] = mapped_column(String(1000), info=_OWN)
    logged_at: Mapped[datetime] = mapped_column(info=_SEARCH)
    undone_at: Mapped[datetime | None] = mapped_column(info=_SEARCH)

    # for reading only: a tap is written a third faster when nothing hangs on it
    employer: Mapped[Employer | None] = relationship(lazy="raise", viewonly=True)
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)


class Goal(Owned, Versioned, Base):
    """How many actions of a kind one person means to do on one day."""

    __tablename__ = "goal"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "on", "activity"),
        CheckConstraint("target BETWEEN 0 AND 50", name="target"),
        Index("ix_goal_cohort_on", "cohort_id", "on"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date] = mapped_column(info=_SEARCH)
    activity: Mapped[Activity] = mapped_column(enum_type(Activity), info=_SEARCH)
    target: Mapped[int] = mapped_column(info=_SEARCH)
