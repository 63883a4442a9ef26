"""Tables of the open tracker: employers, actions and goals."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, impersonal, personal
from jobsearch.people.models import Person
from jobsearch.tracker.rules import (
    COOLING_DAYS,
    QUIET_DAYS,
    ActionSource,
    Activity,
    Channel,
    GoalOrigin,
    Reached,
    Reply,
    company_key,
)

__all__ = ["Action", "ActionSource", "Correction", "Employer", "Goal", "TrackerSettings"]

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


_SUMMED = (
    *("activity", "channel", "source", "on", "undone_at"),
    *("count", "reply", "reached", "organisation_id"),
)
_TO_REMEMBER = "employer_id IS NOT NULL AND remembered_at IS NULL"
_REPLIES = "employer_id IS NOT NULL AND reply IS NOT NULL AND reply_remembered_at IS NULL"
_SEEN = impersonal("when the nightly count of companies has seen it") | {"unaudited": True}


def _key_of_name(context: Any) -> str:
    return company_key(context.get_current_parameters()["name"])


class Employer(Owned, Base):
    """One employer in one person's own register; `name_key` is its name as names are compared."""

    __tablename__ = "employer"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120), info=_SEARCH)
    name_key: Mapped[str] = mapped_column(
        String(120), default=_key_of_name, index=True, info=_SEARCH
    )


class Action(Owned, Versioned, Base):
    """One search action, or an imported count of them; undone ones stay and count nothing."""

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("count > 0", name="count"),
        # only an imported row stands for more than one action
        CheckConstraint("count = 1 OR source = 'imported'", name="one_action"),
        Index("ix_action_cohort_on", "cohort_id", "on"),
        Index("ix_action_person_on", "person_id", "on"),
        # holds all that results are summed from: the rows themselves are a third as fast to read
        Index("ix_action_results", "enrolment_id", *_SUMMED),
        Index(
            "ix_action_to_remember",
            "employer_id",
            sqlite_where=literal_column(_TO_REMEMBER),
            postgresql_where=literal_column(_TO_REMEMBER),
        ),
        Index(
            "ix_action_reply_to_remember",
            "employer_id",
            sqlite_where=literal_column(_REPLIES),
            postgresql_where=literal_column(_REPLIES),
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
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
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("lead.id"), index=True)
    channel: Mapped[Channel | None] = mapped_column(enum_type(Channel), info=_SEARCH)
    # of an employer contact: whether who decides about hiring was reached
    reached: Mapped[Reached | None] = mapped_column(enum_type(Reached), info=_SEARCH)
    reply: Mapped[Reply | None] = mapped_column(enum_type(Reply), info=_SEARCH)
    replied_on: Mapped[date | None] = mapped_column(info=_SEARCH)
    # from then on the group reads neither employer nor job of it; it stays in the totals
    private_at: Mapped[datetime | None] = mapped_column(info=_SEARCH)
    # when the person herself said that what her coach logged for her is so
    confirmed_at: Mapped[datetime | None] = mapped_column(info=_SEARCH)
    # when it was counted into the memory of companies, which names nobody
    remembered_at: Mapped[datetime | None] = mapped_column(info=_SEEN)
    # the same of its reply, which mostly comes days later
    reply_remembered_at: Mapped[datetime | None] = mapped_column(info=_SEEN)

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
    origin: Mapped[GoalOrigin] = mapped_column(
        enum_type(GoalOrigin), default=GoalOrigin.SET, info=_SEARCH
    )


class Correction(Owned, Base):
    """Why something of a locked day is otherwise now: an action, or a goal.

    Without `new_id` the old action was a mistake as a whole, without `old_id` a new one was added;
    old ones count no more. A goal stays one row, its figures before stand in the trail.
    """

    __tablename__ = "correction"
    __table_args__ = (
        # either an action or a goal
        CheckConstraint(
            "(goal_id IS NULL) = (old_id IS NOT NULL OR new_id IS NOT NULL)", name="what"
        ),
        CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    old_id: Mapped[str | None] = mapped_column(ForeignKey("action.id"), unique=True)
    new_id: Mapped[str | None] = mapped_column(ForeignKey("action.id"), unique=True)
    goal_id: Mapped[str | None] = mapped_column(ForeignKey("goal.id"), index=True)
    reason: Mapped[str] = mapped_column(String(200), info=_SEARCH)
    corrected_at: Mapped[datetime] = mapped_column(info=_SEARCH)
    corrected_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class TrackerSettings(Owned, Versioned, Base):
    """How one provider follows the search; its key is the provider's own, so there is one row.

    `cooling_days`: for so many days, today included, a group leaves a company alone that one of
    them turned to (0: never). `quiet_days`: after so many days without a move a lead is asked
    about.
    """

    __tablename__ = "tracker_settings"
    __table_args__ = (
        CheckConstraint("cooling_days BETWEEN 0 AND 30", name="cooling_days"),
        CheckConstraint("quiet_days BETWEEN 1 AND 60", name="quiet_days"),
        CheckConstraint("id = organisation_id", name="one"),
    )

    id: Mapped[Key]
    cooling_days: Mapped[int] = mapped_column(default=COOLING_DAYS)
    quiet_days: Mapped[int] = mapped_column(default=QUIET_DAYS)
