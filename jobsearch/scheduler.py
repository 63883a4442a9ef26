"""The scheduler's process: a table of jobs; each turn is done once, however many schedulers run."""

import logging
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from jobsearch.app import create_app
from jobsearch.audit.jobs import seal_trail
from jobsearch.config import Config
from jobsearch.core.clock import now
from jobsearch.jobs.rules import turn_of
from jobsearch.jobs.service import run_turn
from jobsearch.notices.jobs import send_waiting


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work and how often it comes; turns are counted in UTC."""

    name: str
    every: timedelta
    work: Callable[[], str]


def jobs_of(config: Config) -> tuple[Job, ...]:
    """Everything that runs by itself."""
    return (
        Job("notices.send", timedelta(seconds=30), lambda: send_waiting(config)),
        Job("audit.seal", timedelta(minutes=5), seal_trail),
    )


def run_job(app: Flask, job: Job) -> bool:
    """Do the job's turn of now, unless another scheduler has it."""
    with app.app_context():
        return run_turn(turn_of(job.name, job.every, now()), job.work)


def main() -> None:
    """Run until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    app = create_app()
    scheduler = BlockingScheduler(timezone="UTC")
    for job in jobs_of(app.config["JOBSEARCH"]):
        seconds = job.every.total_seconds()
        scheduler.add_job(
            run_job,
            "interval",
            (app, job),
            seconds=seconds,
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
