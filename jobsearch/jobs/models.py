"""Tables of scheduled work: what there is, who does it, and how each turn went."""

from datetime import datetime, time, timedelta

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    column,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column

from jobsearch.core.db import Base, Key, enum_type
from jobsearch.jobs.rules import RunState

__all__ = ["JobRun", "RunState", "ScheduledJob", "Scheduler"]


class ScheduledJob(Base):
    """One job as the schedulers last knew it: its title and how often it comes."""

    __tablename__ = "scheduled_job"
    __table_args__ = (
        # every so often, or at a minute of the day, on one weekday or on all
        CheckConstraint("(every_seconds IS NULL) = (at_minute IS NOT NULL)", name="rhythm"),
        CheckConstraint("weekday IS NULL OR at_minute IS NOT NULL", name="weekday"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    every_seconds: Mapped[int | None]
    at_minute: Mapped[int | None]
    weekday: Mapped[int | None]
    known_at: Mapped[datetime]

    @property
    def every(self) -> timedelta | None:
        """So often, or None."""
        return None if self.every_seconds is None else timedelta(seconds=self.every_seconds)

    @property
    def daily_at(self) -> time | None:
        """The time of every day, or None."""
        return None if self.weekday is not None else self._time

    @property
    def weekly_at(self) -> tuple[int, time] | None:
        """The weekday and its time, or None."""
        at = self._time
        return None if self.weekday is None or at is None else (self.weekday, at)

    @property
    def _time(self) -> time | None:
        return None if self.at_minute is None else time(*divmod(self.at_minute, 60))


class Scheduler(Base):
    """One scheduler's process: as long as it lives it says so."""

    __tablename__ = "scheduler"

    id: Mapped[Key]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]


class JobRun(Base):
    """One turn of one job; its unique key is the claim that makes two schedulers harmless."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "lap", "due_at"),
        # a job runs once at a time, however many schedulers there are
        Index(
            "uq_job_run_running",
            "job",
            unique=True,
            sqlite_where=column("state") == literal_column("'running'"),
            postgresql_where=column("state") == literal_column("'running'"),
        ),
        # "run now" pressed twice is one extra turn
        Index(
            "uq_job_run_waiting",
            "job",
            unique=True,
            sqlite_where=column("state") == literal_column("'waiting'"),
            postgresql_where=column("state") == literal_column("'waiting'"),
        ),
        CheckConstraint("state <> 'waiting' OR asked_by_id IS NOT NULL", name="asked"),
        CheckConstraint("state <> 'running' OR held_until IS NOT NULL", name="held"),
        Index("ix_job_run_started_at", "started_at"),
    )

    id: Mapped[Key]
    job: Mapped[str] = mapped_column(String(60))
    due_at: Mapped[datetime]
    lap: Mapped[int] = mapped_column(default=0)
    state: Mapped[RunState] = mapped_column(enum_type(RunState))
    tries: Mapped[int] = mapped_column(default=0)
    asked_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    holder_id: Mapped[str | None] = mapped_column(String(20))
    held_until: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(300))
    outcome_gaps: Mapped[str | None] = mapped_column(Text)
    problem: Mapped[str | None] = mapped_column(String(80))
