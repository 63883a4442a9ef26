"""Does the jobs of one process: wakes each at its turn, and watches over what was missed."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from time import monotonic, sleep

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from flask import Flask

from jobsearch.core.clock import now
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.jobs.queries import list_waiting_turns
from jobsearch.jobs.rules import Job, latest_due, next_due
from jobsearch.jobs.service import (
    Look,
    Worker,
    give_back,
    register,
    run_due,
    say_alive,
    take_up,
)

log = logging.getLogger("jobsearch.scheduler")

WATCH_SECONDS = 5
ALIVE_SECONDS = 15
GRACE_SECONDS = 8
"""How long it waits for work that is being done, when it is asked to stop."""

Deed = Callable[[], object]

_HANDS = 8
_JUMP = timedelta(seconds=20)


class Turns(BaseTrigger):  # type: ignore[misc]  # the library ships no types
    """Wakes the scheduler at each turn of a job, by our own arithmetic of days and hours."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def get_next_fire_time(self, _previous: datetime | None, at: datetime) -> datetime:
        """The next turn."""
        return next_due(self._job, at)


class Clockwork:
    """The jobs of one process: wakes them at their turns and watches over the process."""

    def __init__(self, app: Flask, jobs: Sequence[Job]) -> None:
        self.stopping = threading.Event()
        self.worker = Worker()
        self._app, self._jobs = app, {job.name: job for job in jobs}
        self._looked: dict[str, datetime] = {}
        self.at_work: set[str] = set()
        hands = ThreadPoolExecutor(_HANDS)
        self._scheduler = BackgroundScheduler(executors={"default": hands}, timezone="UTC")

    def run(self, watch_seconds: float = WATCH_SECONDS) -> None:
        """Work until `stopping` is set; returns when nothing is being done any more."""
        with self._app.app_context():
            register(self.worker, list(self._jobs.values()))
        for job in self._jobs.values():
            # the first look is now: what was missed is done as soon as somebody is there again
            self._add(job.name, partial(self._look_at, job), Turns(job), next_run_time=now())
        self._scheduler.start()
        self._watch(watch_seconds)
        self._stop()

    def _add(self, key: str, deed: Deed, trigger: Turns | None = None, **when: datetime) -> None:
        self._scheduler.add_job(
            self._do,
            trigger,
            (key, deed),
            id=key,
            replace_existing=True,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            **when,
        )

    def _do(self, key: str, deed: Deed) -> None:
        self.at_work.add(key)
        try:
            if not self.stopping.is_set():
                with self._app.app_context():
                    deed()
        finally:
            self.at_work.discard(key)

    def _look_at(self, job: Job) -> None:
        due_at = latest_due(job, now())
        if run_due(job, self.worker) is not Look.BUSY:
            self._looked[job.name] = due_at

    def _watch(self, seconds: float) -> None:
        """Say that we live, and look for turns that nobody was woken for."""
        wall, steady, said = now(), monotonic(), float("-inf")
        while not self.stopping.wait(seconds):
            passed = timedelta(seconds=monotonic() - steady)
            was_set = abs(now() - wall - passed) > _JUMP
            wall, steady = now(), monotonic()
            try:
                if was_set or steady - said >= ALIVE_SECONDS:
                    said = steady
                    with self._app.app_context():
                        say_alive(self.worker)
                self._wake_for_missed()
                self._take_up_waiting()
            except Exception:
                log.exception("the watch failed; it looks again in a moment")

    def _wake_for_missed(self) -> None:
        """Look at what is due and was not looked at.

        The clock was set, the machine slept, or the job was busy with another turn.
        """
        for name, job in self._jobs.items():
            if name not in self.at_work and self._looked.get(name) != latest_due(job, now()):
                self._scheduler.modify_job(name, next_run_time=now())

    def _take_up_waiting(self) -> None:
        with (
            self._app.app_context(),
            unit_of_work(whole_installation("turns that wait"), read_only=True),
        ):
            waiting = list_waiting_turns()
        for run_id, name in waiting:
            if name in self._jobs:
                self._add(run_id, partial(take_up, run_id, self._jobs[name], self.worker))

    def _stop(self) -> None:
        self._scheduler.shutdown(wait=False)
        patience = monotonic() + GRACE_SECONDS
        while self.at_work and monotonic() < patience:
            sleep(0.05)
        with self._app.app_context():
            given = give_back(self.worker)
        log.info("stopped; turns given back: %d", given)
