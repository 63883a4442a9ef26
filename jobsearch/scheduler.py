"""The scheduler's process: a table of jobs; each turn is done once, however many schedulers run."""

import logging
import signal
import sys
from datetime import datetime, timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger
from flask import Flask

from jobsearch.app import create_app
from jobsearch.audit.jobs import seal_trail
from jobsearch.config import Config
from jobsearch.core.clock import now
from jobsearch.core.text import mark as N_
from jobsearch.jobs.rules import Job, Turn, is_too_late, latest_due, next_due
from jobsearch.jobs.service import run_turn
from jobsearch.notices.jobs import send_waiting


def jobs_of(config: Config) -> tuple[Job, ...]:
    """Everything that runs by itself: `every` so often, or `daily_at`/`weekly_at` in local time."""
    return (
        Job(
            "notices.send",
            title=N_("Send messages that wait"),
            every=timedelta(seconds=30),
            work=lambda: send_waiting(config),
        ),
        Job(
            "audit.seal",
            title=N_("Seal the audit trail"),
            every=timedelta(minutes=5),
            work=seal_trail,
        ),
    )


class Turns(BaseTrigger):  # type: ignore[misc]  # the library ships no types
    """Wakes the scheduler at each turn of a job, by our own arithmetic of days and hours."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def get_next_fire_time(self, _previous: datetime | None, at: datetime) -> datetime:
        """The next turn."""
        return next_due(self._job, at)


def run_job(app: Flask, job: Job) -> bool:
    """Do the job's latest turn, unless a scheduler has done it or it is too late."""
    at = now()
    due_at = latest_due(job, at)
    if is_too_late(job, due_at, at):
        return False
    with app.app_context():
        return run_turn(Turn(job.name, due_at), job.work)


def main() -> None:
    """Run until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    app = create_app()
    scheduler = BlockingScheduler(timezone="UTC")
    for job in jobs_of(app.config["JOBSEARCH"]):
        scheduler.add_job(
            run_job,
            Turns(job),
            (app, job),
            next_run_time=now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            id=job.name,
        )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    scheduler.start()


if __name__ == "__main__":
    main()
