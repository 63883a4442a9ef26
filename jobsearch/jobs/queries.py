"""What is asked of scheduled work."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.jobs.models import JobRun, RunState, ScheduledJob, Scheduler
from jobsearch.jobs.rules import LEASE, MOST_TRIES, Turn, is_overdue, next_due

PAGE = 50
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RunLine:
    """One turn in the ledger. `message` is a marked sentence with its gaps."""

    id: str
    job: str
    title: str | None
    due_at: datetime
    started_at: datetime
    ended_at: datetime | None
    state: RunState
    tries: int
    asked: bool
    message: str
    gaps: Mapping[str, str | int]
    problem: str | None

    @property
    def seconds(self) -> int | None:
        """How long it took, in whole seconds."""
        if self.ended_at is None:
            return None
        return max(0, round((self.ended_at - self.started_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class Standing:
    """How one job stands: when it ended well last, whether it fails or is late."""

    job: ScheduledJob
    done_at: datetime | None
    is_failing: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job, its latest turn and its next one."""

    standing: Standing
    last: RunLine | None
    is_asked: bool
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """The page of jobs: failures first, then every job with its last and its next turn."""

    failures: Sequence[RunLine]
    jobs: Sequence[JobLine]
    seen_at: datetime | None


def last_turn(job: str) -> Turn | None:
    """The newest turn of a job that came by itself."""
    statement = (
        select(JobRun.job, JobRun.due_at, JobRun.lap)
        .where(JobRun.job == job, JobRun.asked_by_id.is_(None))
        .order_by(JobRun.lap.desc(), JobRun.due_at.desc())
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return None if row is None else Turn(*row)


def let_go(at: datetime) -> ColumnElement[bool]:
    """The turns whose scheduler says nothing any more, or whose hold is of a clock set back."""
    return and_(
        JobRun.state == RunState.RUNNING,
        or_(JobRun.held_until < at, JobRun.held_until > at + 2 * LEASE),
    )


def can_be_taken(at: datetime) -> ColumnElement[bool]:
    """The turns that wait for a scheduler: asked for, let go by a dead one, or to be retried."""
    return or_(
        JobRun.state == RunState.WAITING,
        and_(let_go(at), JobRun.tries < MOST_TRIES),
        and_(JobRun.state == RunState.FAILED, JobRun.retry_at <= at),
    )


def list_waiting_turns() -> list[tuple[str, str]]:
    """Turns that a scheduler may take up now, oldest first: (key, job)."""
    statement = (
        select(JobRun.id, JobRun.job)
        .where(can_be_taken(now()))
        .order_by(JobRun.started_at, JobRun.id)
        .limit(100)
    )
    return [(key, job) for key, job in db.session.execute(statement)]


def get_job(job_id: str) -> ScheduledJob:
    """A job that the schedulers know. Raises NotVisible."""
    job = db.session.get(ScheduledJob, job_id)
    if job is None:
        raise NotVisible
    return job


def is_asked(job: str) -> bool:
    """Whether an extra turn of the job waits already."""
    statement = select(JobRun.id).where(JobRun.job == job, JobRun.state == RunState.WAITING)
    return db.session.scalar(statement) is not None


def list_scheduled() -> list[ScheduledJob]:
    """Every job that the schedulers know, by name."""
    return list(db.session.scalars(select(ScheduledJob).order_by(ScheduledJob.name)))


def list_titles() -> list[tuple[str, str]]:
    """The jobs that the schedulers know: (name, title)."""
    return [(job.name, job.title) for job in list_scheduled()]


def seen_at() -> Select[datetime]:
    """When a scheduler that has not been stopped said last that it lives."""
    return select(func.max(Scheduler.seen_at)).where(Scheduler.stopped_at.is_(None))


def standings() -> list[Standing]:
    """How each job that the schedulers know stands, by name; one statement."""
    done = func.max(case((JobRun.state == RunState.DONE, JobRun.ended_at)))
    failed = func.max(case((JobRun.state == RunState.FAILED, JobRun.started_at)))
    ends = (
        select(JobRun.job, done.label("done_at"), failed.label("failed_at"))
        .group_by(JobRun.job)
        .subquery()
    )
    statement = (
        select(ScheduledJob, ends.c.done_at, ends.c.failed_at)
        .outerjoin(ends, ends.c.job == ScheduledJob.name)
        .order_by(ScheduledJob.name)
    )
    at = now()
    return [
        Standing(
            job=job,
            done_at=done_at,
            is_failing=_is_failing(done_at, failed_at, at),
            is_overdue=is_overdue(job, done_at, job.known_at, at),
        )
        for job, done_at, failed_at in db.session.execute(statement)
    ]


def _is_failing(done_at: datetime | None, failed_at: datetime | None, at: datetime) -> bool:
    """Whether it failed lately and has not ended well since."""
    if failed_at is None or failed_at < at - LATELY:
        return False
    return done_at is None or done_at < failed_at


def overview() -> Overview:
    """Every job with its last and its next turn, and what failed; five statements."""
    at = now()
    last, found = _last_runs(), standings()
    asked = set(db.session.scalars(select(JobRun.job).where(JobRun.state == RunState.WAITING)))
    jobs = [
        JobLine(
            standing=one,
            last=last.get(one.job.name),
            is_asked=one.job.name in asked,
            next_at=next_due(one.job, at),
        )
        for one in found
    ]
    failing = [one.job.name for one in found if one.is_failing]
    return Overview(_failures(failing, at), jobs, db.session.scalar(seen_at()))


def list_runs(job: str | None, *, failed: bool, page: int) -> tuple[list[RunLine], int]:
    """A page of the ledger, the newest turns first, and how many pages there are."""
    wanted: list[ColumnElement[bool]] = []
    if job:
        wanted.append(JobRun.job == job)
    if failed:
        wanted.append(JobRun.state == RunState.FAILED)
    count = db.session.scalar(select(func.count(JobRun.id)).where(*wanted)) or 0
    statement = (
        _lines()
        .where(*wanted)
        .order_by(JobRun.started_at.desc(), JobRun.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    lines = [_line(row) for row in db.session.execute(statement)]
    return lines, max(1, -(-count // PAGE))


def list_newest(limit: int) -> list[RunLine]:
    """The newest turns of all jobs."""
    statement = _lines().order_by(JobRun.started_at.desc(), JobRun.id).limit(limit)
    return [_line(row) for row in db.session.execute(statement)]


def _lines() -> Select[*tuple[Any, ...]]:
    return select(
        JobRun.id,
        JobRun.job,
        ScheduledJob.title,
        JobRun.due_at,
        JobRun.started_at,
        JobRun.ended_at,
        JobRun.state,
        JobRun.tries,
        JobRun.asked_by_id.is_not(None),
        JobRun.outcome,
        JobRun.outcome_gaps,
        JobRun.problem,
    ).outerjoin(ScheduledJob, ScheduledJob.name == JobRun.job)


def _line(row: Any) -> RunLine:
    message, gaps, problem = row[9:]
    told = (message or "", json.loads(gaps) if gaps else {}, problem)
    return RunLine(*(*row[:9], *told))


def _last_runs() -> dict[str, RunLine]:
    newest = (
        select(JobRun.job, func.max(JobRun.started_at).label("at"))
        .where(JobRun.state != RunState.WAITING)
        .group_by(JobRun.job)
        .subquery()
    )
    statement = _lines().join(
        newest, and_(newest.c.job == JobRun.job, newest.c.at == JobRun.started_at)
    )
    return {row[1]: _line(row) for row in db.session.execute(statement.order_by(JobRun.id))}


def last_seconds() -> dict[str, int]:
    """How long the last turn of each job took that has ended."""
    return {job: run.seconds for job, run in _last_runs().items() if run.seconds is not None}


def _failures(failing: Sequence[str], at: datetime) -> list[RunLine]:
    """The last failure of each job that has not ended well since."""
    statement = (
        _lines()
        .where(
            JobRun.state == RunState.FAILED,
            JobRun.started_at >= at - LATELY,
            JobRun.job.in_(failing),
        )
        .order_by(JobRun.started_at.desc(), JobRun.id)
        .limit(200)
    )
    lines = [_line(row) for row in db.session.execute(statement)]
    return list({one.job: one for one in reversed(lines)}.values())[::-1]
