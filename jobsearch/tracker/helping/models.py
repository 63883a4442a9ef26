"""Tables of helping: tips and who takes them, calls for help, praise, and pairs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type, personal
from jobsearch.tracker.helping.rules import PraiseWords

__all__ = ["Buddy", "HelpCall", "Praise", "Tip", "TipClaim"]

_SHARED = personal(
    purpose="to help each other in the group",
    basis="the person shares it herself and can take it back",
    retention="until the end of follow-up",
    sees="her group by the name she chose, her coach",
)
_PAIR = personal(
    purpose="to search two by two",
    basis="employment contract (GDPR art. 6(1)(b))",
    retention="until the end of follow-up",
    sees="her group by the name she chose, her coach",
)
_LIVE_CLAIM = "released_at IS NULL"
_OPEN_CALL = "ended_at IS NULL"


class Tip(Owned, Versioned, Base):
    """One person tells her group of work that she heard of."""

    __tablename__ = "tip"
    __table_args__ = (
        CheckConstraint("company <> ''", name="company"),
        Index("ix_tip_cohort", "cohort_id", "shared_at"),
    )

    id: Mapped[Key]
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    shared_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    company: Mapped[str] = mapped_column(String(120), info=_SHARED)
    company_key: Mapped[str] = mapped_column(String(120), info=_SHARED)
    role_title: Mapped[str] = mapped_column(String(120), default="", info=_SHARED)
    words: Mapped[str] = mapped_column(String(300), default="", info=_SHARED)
    shared_at: Mapped[datetime] = mapped_column(info=_SHARED)
    taken_back_at: Mapped[datetime | None] = mapped_column(info=_SHARED)


class TipClaim(Owned, Versioned, Base):
    """Somebody follows a tip; one person at a time, until she lets it go."""

    __tablename__ = "tip_claim"
    __table_args__ = (
        Index(
            "uq_tip_claim_live",
            "tip_id",
            unique=True,
            sqlite_where=literal_column(_LIVE_CLAIM),
            postgresql_where=literal_column(_LIVE_CLAIM),
        ),
    )

    id: Mapped[Key]
    tip_id: Mapped[str] = mapped_column(ForeignKey("tip.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("lead.id"))
    claimed_at: Mapped[datetime] = mapped_column(info=_SHARED)
    released_at: Mapped[datetime | None] = mapped_column(info=_SHARED)
    thanked_at: Mapped[datetime | None] = mapped_column(info=_SHARED)


class HelpCall(Owned, Versioned, Base):
    """A person asks her group or her coach for help; at most one is open."""

    __tablename__ = "help_call"
    __table_args__ = (
        CheckConstraint("words <> ''", name="words"),
        Index("ix_help_call_cohort", "cohort_id", "asked_at"),
        Index(
            "uq_help_call_open",
            "enrolment_id",
            unique=True,
            sqlite_where=literal_column(_OPEN_CALL),
            postgresql_where=literal_column(_OPEN_CALL),
        ),
    )

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    words: Mapped[str] = mapped_column(String(200), info=_SHARED)
    asked_at: Mapped[datetime] = mapped_column(info=_SHARED)
    helper_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(info=_SHARED)


class Praise(Owned, Base):
    """One kind word to one person of the group on one day."""

    __tablename__ = "praise"
    __table_args__ = (UniqueConstraint("enrolment_id", "from_id", "on", "words"),)

    id: Mapped[Key]
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"), index=True)
    from_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    on: Mapped[date] = mapped_column(info=_SHARED)
    words: Mapped[PraiseWords] = mapped_column(enum_type(PraiseWords), info=_SHARED)


class Buddy(Owned, Base):
    """One person's place in a pair of her group; an odd group has one pair of three."""

    __tablename__ = "buddy"
    __table_args__ = (Index("ix_buddy_cohort", "cohort_id", "pair"),)

    id: Mapped[Key]
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    enrolment_id: Mapped[str] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    pair: Mapped[int] = mapped_column(info=_PAIR)
