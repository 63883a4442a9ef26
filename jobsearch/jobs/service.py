"""Use cases of scheduled work: claim a turn, run it, write down how it went, ask for one."""

import json
import logging
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.periods import minute_of
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.jobs import queries
from jobsearch.jobs.models import JobRun, RunState, ScheduledJob, Scheduler
from jobsearch.jobs.rules import (
    LEASE,
    MOST_TRIES,
    Job,
    retry_at,
    time_of_day,
    turn_to_take,
)

log = logging.getLogger("jobsearch.jobs")

FAILED = N_("It failed. The log of the scheduler says why.")
LOST = N_("It was given up: its scheduler was lost three times in the middle of it.")
KEPT = timedelta(days=90)
KEPT_OF_THE_OFTEN = timedelta(days=7)
_LONGEST = 300
_OFTEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Worker:
    """One scheduler's process, and the turns that it works on at this moment."""

    key: str = field(default_factory=new_key)
    busy: set[str] = field(default_factory=set)


class Look(StrEnum):
    """What became of looking at a job."""

    DID = "did"
    NOTHING = "nothing"
    BUSY = "busy"


def _ledger() -> Scope:
    return whole_installation("ledger of jobs")


def run_due(job: Job, worker: Worker) -> Look:
    """Do the job's turn that is due, unless a scheduler has it.

    Busy means: another turn of the job is being done, or another scheduler was faster; look again
    in a moment. A failure is written into the ledger and logged.
    """
    run_id = new_key()
    with _at_work(run_id, worker):
        try:
            is_mine = _claim_due(run_id, job, worker)
        except Conflict:
            return Look.BUSY
        if not is_mine:
            return Look.NOTHING
        _run(run_id, job, worker)
        return Look.DID


def take_up(run_id: str, job: Job, worker: Worker) -> bool:
    """Do a turn that was asked for, let go or failed, unless a scheduler has it."""
    if run_id in worker.busy:
        return False
    with _at_work(run_id, worker):
        try:
            is_mine = _claim_waiting(run_id, job, worker)
        except Conflict:  # the job is being run just now; it is asked again in a moment
            return False
        if is_mine:
            _run(run_id, job, worker)
        return is_mine


@contextmanager
def _at_work(run_id: str, worker: Worker) -> Iterator[None]:
    """From before its claim to after its end a turn is said to be worked on."""
    worker.busy.add(run_id)
    try:
        yield
    finally:
        worker.busy.discard(run_id)


def _claim_waiting(run_id: str, job: Job, worker: Worker) -> bool:
    at = now()
    with unit_of_work(_ledger()):
        taken = db.session.execute(
            update(JobRun)
            .where(JobRun.id == run_id, JobRun.job == job.name, queries.can_be_taken(at))
            .values(
                state=RunState.RUNNING,
                holder_id=worker.key,
                held_until=at + LEASE,
                retry_at=None,
                started_at=at,
                ended_at=None,
                outcome=None,
                outcome_gaps=None,
                problem=None,
                tries=JobRun.tries + 1,
            )
        )
        mine: bool = taken.rowcount == 1  # type: ignore[attr-defined]
    return mine


def _claim_due(run_id: str, job: Job, worker: Worker) -> bool:
    at = now()
    with unit_of_work(_ledger()):
        turn = turn_to_take(job, queries.last_turn(job.name), at)
        if turn is None:
            return False
        row = {
            "id": run_id,
            "job": job.name,
            "due_at": turn.due_at,
            "lap": turn.lap,
            "state": RunState.RUNNING,
            "tries": 1,
            "holder_id": worker.key,
            "held_until": at + LEASE,
            "started_at": at,
        }
        db.session.execute(insert(JobRun), [row])
    return True


def _run(run_id: str, job: Job, worker: Worker) -> None:
    try:
        outcome = job.work()
    except Exception as error:  # noqa: BLE001 - whatever it is, the ledger says so
        # where it happened, and not what it said: that may name a person
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error(  # noqa: TRY400
            "job %s failed: %s\n%s", job.name, type(error).__name__, where
        )
        _finish(run_id, job, worker, Outcome(FAILED), type(error).__name__)
    else:
        _finish(run_id, job, worker, outcome)


def _finish(
    run_id: str, job: Job, worker: Worker, outcome: str, problem: str | None = None
) -> None:
    """Write down how it went, unless the turn has been taken from us."""
    message, gaps = getattr(outcome, "message", outcome), getattr(outcome, "gaps", {})
    mine = JobRun.id == run_id, JobRun.holder_id == worker.key, JobRun.state == RunState.RUNNING
    values: dict[str, object] = {
        "state": RunState.DONE if problem is None else RunState.FAILED,
        "ended_at": now(),
        "held_until": None,
        "outcome": str(message)[:_LONGEST],
        "outcome_gaps": json.dumps(gaps) if gaps else None,
        "problem": problem,
    }
    with unit_of_work(_ledger()):
        if problem is not None:
            tries = db.session.scalar(select(JobRun.tries).where(*mine))
            values["retry_at"] = retry_at(job, tries or 0, now())
        db.session.execute(update(JobRun).where(*mine).values(**values))


def register(worker: Worker, jobs: Sequence[Job]) -> None:
    """A scheduler says that it is there, and which jobs it does."""
    at = now()
    with unit_of_work(_ledger()):
        db.session.add(Scheduler(id=worker.key, started_at=at, seen_at=at))
    try:
        with unit_of_work(_ledger()):
            _list_jobs(jobs)
    except Conflict:  # another one starts just now and writes the same
        log.info("the list of jobs is being written by another scheduler")


def _list_jobs(jobs: Sequence[Job]) -> None:
    known = {row.name: row for row in queries.list_scheduled()}
    db.session.execute(
        delete(ScheduledJob).where(ScheduledJob.name.not_in([job.name for job in jobs]))
    )
    for job in jobs:
        at = time_of_day(job)
        row = known.get(job.name) or ScheduledJob(name=job.name, known_at=now())
        row.title = job.title
        row.every_seconds = None if job.every is None else int(job.every.total_seconds())
        row.at_minute = None if at is None else minute_of(at)
        row.weekday = None if job.weekly_at is None else job.weekly_at[0]
        db.session.add(row)


def say_alive(worker: Worker) -> None:
    """A scheduler says that it lives, and that it still works on what it holds."""
    at = now()
    with unit_of_work(_ledger()):
        here = update(Scheduler).where(Scheduler.id == worker.key)
        db.session.execute(here.values(seen_at=at))
        held = update(JobRun).where(JobRun.id.in_(sorted(worker.busy)), _is_mine(worker))
        db.session.execute(held.values(held_until=at + LEASE))
        lost = update(JobRun).where(queries.let_go(at), JobRun.tries >= MOST_TRIES)
        gone = {"state": RunState.FAILED, "ended_at": at, "held_until": None, "outcome": LOST}
        db.session.execute(lost.values(**gone))


def give_back(worker: Worker) -> int:
    """A scheduler stops: others may take up at once what it has not finished; returns how much."""
    at = now()
    with unit_of_work(_ledger()):
        here = update(Scheduler).where(Scheduler.id == worker.key)
        db.session.execute(here.values(stopped_at=at))
        held = update(JobRun).where(_is_mine(worker))
        # it was stopped, it has not failed: this try does not count
        given = held.values(held_until=at - LEASE, holder_id=None, tries=JobRun.tries - 1)
        return int(db.session.execute(given).rowcount)  # type: ignore[attr-defined]


def _is_mine(worker: Worker) -> ColumnElement[bool]:
    return and_(JobRun.holder_id == worker.key, JobRun.state == RunState.RUNNING)


def ask_run(actor: Actor, job_id: str) -> ScheduledJob:
    """The operator asks for an extra turn of a job; a scheduler does it within seconds.

    Raises NotVisible for a job that no scheduler has, RuleBroken when one is asked for already.
    """
    job = queries.get_job(job_id)
    if queries.is_asked(job.name):
        raise RuleBroken(N_("This job is asked for already. It starts within seconds."))
    at = now()
    db.session.add(
        JobRun(
            job=job.name,
            due_at=at,
            state=RunState.WAITING,
            asked_by_id=actor.account_id,
            started_at=at,
        )
    )
    db.session.flush()
    return job


def tidy_ledger() -> str:
    """Forget old turns, but the last of each job and the last that ended well.

    Good turns of jobs that come more often than hourly stay for a week, everything else for 90
    days.
    """
    at = now()
    often = select(ScheduledJob.name).where(
        ScheduledJob.every_seconds < int(_OFTEN.total_seconds())
    )
    old = or_(
        JobRun.started_at < at - KEPT,
        and_(
            JobRun.started_at < at - KEPT_OF_THE_OFTEN,
            JobRun.state == RunState.DONE,
            JobRun.job.in_(often),
        ),
    )
    with unit_of_work(_ledger()):
        gone = delete(JobRun).where(old, JobRun.id.not_in(_last_ones()))
        runs = db.session.execute(gone.execution_options(synchronize_session=False))
        silent = Scheduler.seen_at < at - KEPT_OF_THE_OFTEN
        db.session.execute(delete(Scheduler).where(silent))
        count = int(runs.rowcount)  # type: ignore[attr-defined]
    return Outcome(N_("Old turns forgotten: %(count)s."), count=count)


def _last_ones() -> Select[str]:
    """The newest turn of each job, and the newest that ended well."""
    order = JobRun.started_at.desc(), JobRun.id
    place = func.row_number().over(partition_by=[JobRun.job, JobRun.state], order_by=order)
    ranked = select(JobRun.id, place.label("place")).subquery()
    return select(ranked.c.id).where(ranked.c.place == 1)
