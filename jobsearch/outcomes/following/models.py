"""Tables of the follow-up: what a programme asks when, what went out, calls, and who says no."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.outcomes.following.rules import Scheme

_ASKED = personal(
    purpose="to ask how it goes after the programme, no oftener than agreed",
    basis="legitimate interest in knowing what came of it (GDPR art. 6(1)(f), art. 21)",
    retention="until the end of follow-up; anonymous counts remain",
    sees="coach, manager, the person",
)
_OPEN: ColumnElement[bool] = literal_column("ended_at IS NULL")


class FollowUpPlan(Owned, Versioned, Base):
    """When the people of one programme are asked, in months from the end: "0,1,2,3"."""

    __tablename__ = "follow_up_plan"
    __table_args__ = (CheckConstraint("points <> ''", name="points"),)

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(
        ForeignKey("programme.id", ondelete="CASCADE"), unique=True
    )
    points: Mapped[str] = mapped_column(String(40))
    scheme: Mapped[Scheme] = mapped_column(enum_type(Scheme))


class FollowUpAsk(Owned, Versioned, Base):
    """One question to one person by message: how often it went and when last."""

    __tablename__ = "follow_up_ask"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "point"),
        CheckConstraint("closes_on >= opens_on", name="window"),
        # a message and at most two reminders
        CheckConstraint("sent BETWEEN 0 AND 3", name="sent"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    point: Mapped[int] = mapped_column(info=_ASKED)
    opens_on: Mapped[date] = mapped_column(info=_ASKED)
    closes_on: Mapped[date] = mapped_column(info=_ASKED)
    sent: Mapped[int] = mapped_column(default=0, info=_ASKED)
    last_sent_on: Mapped[date | None] = mapped_column(info=_ASKED)


class FollowUpCall(Owned, Base):
    """One call to a person about one question: who called, when, and whether she was reached."""

    __tablename__ = "follow_up_call"
    __table_args__ = (
        CheckConstraint("result IN ('reached', 'not_reached')", name="result"),
        Index("ix_follow_up_call_enrolment", "enrolment_id", "point"),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    point: Mapped[int] = mapped_column(info=_ASKED)
    called_at: Mapped[datetime] = mapped_column(info=_ASKED)
    called_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    result: Mapped[str] = mapped_column(String(20), info=_ASKED)


class FollowUpObjection(Owned, Base):
    """A person does not want to be asked; from `ended_at` on she may be asked again."""

    __tablename__ = "follow_up_objection"
    __table_args__ = (
        # there is at most one that holds
        Index(
            "uq_follow_up_objection_open",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    said_at: Mapped[datetime] = mapped_column(info=_ASKED)
    noted_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(info=_ASKED)
