"""Use cases of scheduled work: claim a turn, run it, write down how it went."""

import logging
from collections.abc import Callable

from sqlalchemy import insert, update

from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import new_key
from jobsearch.jobs.models import JobRun
from jobsearch.jobs.rules import Turn

log = logging.getLogger("jobsearch.jobs")


def run_turn(turn: Turn, work: Callable[[], str]) -> bool:
    """Do a job's turn unless another scheduler has it; returns whether it was done here.

    `work` opens its own units of work and says in a few words what it did. A failure is written
    into the ledger and raised again.
    """
    run_id = _claim(turn)
    if run_id is None:
        return False
    try:
        outcome = work()
    except Exception:
        _finish(run_id, "failed; see the log")
        log.exception("job %s failed", turn.job)
        raise
    _finish(run_id, outcome[:300])
    return True


def _claim(turn: Turn) -> str | None:
    run_id = new_key()
    try:
        with unit_of_work(whole_installation(turn.job)):
            row = {"id": run_id, "job": turn.job, "due_at": turn.due_at, "started_at": now()}
            db.session.execute(insert(JobRun), [row])
    except Conflict:
        return None
    return run_id


def _finish(run_id: str, outcome: str) -> None:
    with unit_of_work(whole_installation("ledger of jobs")):
        done = update(JobRun).where(JobRun.id == run_id)
        db.session.execute(done.values(ended_at=now(), outcome=outcome))
