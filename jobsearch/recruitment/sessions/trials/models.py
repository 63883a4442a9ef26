"""Tables of trials: the two wordings, and who was given which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import literal_column as literal
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.sessions.models import BOOKING
from jobsearch.recruitment.sessions.trials.rules import TrialState, Tried, Wording


class WordingTrial(Owned, Versioned, Base):
    """Two wordings of one message of a programme, in one language, tried against each other.

    When it closes, how many came of how many is kept in it.
    """

    __tablename__ = "wording_trial"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        # figures are kept when it closes: people are forgotten later, the figures stay
        CheckConstraint("(state = 'closed') = (first_of IS NOT NULL)", name="kept"),
        # at most one trial of a message runs at a time
        Index(
            "uq_wording_trial_running",
            "programme_id",
            "tried",
            "language",
            unique=True,
            sqlite_where=literal("state = 'running'"),
            postgresql_where=literal("state = 'running'"),
        ),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id"))
    tried: Mapped[Tried] = mapped_column(enum_type(Tried))
    language: Mapped[str] = mapped_column(String(2))
    first: Mapped[str] = mapped_column(Text)
    second: Mapped[str] = mapped_column(Text)
    state: Mapped[TrialState] = mapped_column(enum_type(TrialState), default=TrialState.RUNNING)
    started_at: Mapped[datetime]
    started_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    closed_at: Mapped[datetime | None]
    first_came: Mapped[int | None]
    first_of: Mapped[int | None]
    second_came: Mapped[int | None]
    second_of: Mapped[int | None]

    programme: Mapped[Programme] = relationship(lazy="raise")


class TrialCase(Owned, Base):
    """The wording that one candidate of a trial gets; drawn once, and the same ever after."""

    __tablename__ = "trial_case"
    __table_args__ = (
        UniqueConstraint("trial_id", "candidate_id"),
        # two draws at once: the later one is refused
        UniqueConstraint("trial_id", "number"),
        Index("ix_trial_case_candidate", "candidate_id"),
    )

    id: Mapped[Key]
    trial_id: Mapped[str] = mapped_column(ForeignKey("wording_trial.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"))
    number: Mapped[int]
    wording: Mapped[Wording] = mapped_column(enum_type(Wording), info=BOOKING)
    assigned_at: Mapped[datetime]
