"""Whole schedulers, as processes that are killed and under clocks that jump."""

import email
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as at
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask_migrate import stamp

from jobsearch.clockwork import GRACE_SECONDS, Clockwork
from jobsearch.cohorts.models import CohortDay
from jobsearch.core.db import db
from jobsearch.jobs.models import JobRun, RunState, Scheduler
from jobsearch.jobs.rules import ZONE, Job
from jobsearch.notices.delivery.rules import MessageState
from jobsearch.notices.models import Message
from jobsearch.notices.service import send
from jobsearch.scheduler import jobs_of
from tests.outbox import CODE, Post, mail_server, messages, pia, system
from tests.world import NOW

pytestmark = [pytest.mark.usefixtures("context", "world"), pytest.mark.timeout(300)]
ROOT = Path(__file__).parents[2]
REMINDERS = 200
ONE_DAY = timedelta(days=1)


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until something holds; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < deadline, "it takes too long"
        pause.wait(0.02)


@contextmanager
def scheduler(app, smtp_url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real process, with the clock of the tests going on in it; the schema is marked for it."""
    stamp(str(ROOT / "migrations"))
    config = app.config["JOBSEARCH"]
    environment = {
        **os.environ,
        "JOBSEARCH_MODE": "test",
        "JOBSEARCH_INSTANCE": str(config.instance),
        "JOBSEARCH_DATABASE_URL": config.database_url,
        "JOBSEARCH_SMTP_URL": smtp_url,
        "JOBSEARCH_MAIL_FROM": "us@example.org",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.clocked_scheduler", NOW.isoformat()],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _write(world, count: int) -> None:
    with system():
        # no group works today, so that no coach is told of an alert: the reminders are all there is
        db.session.execute(sa.update(CohortDay).values(cancelled_at=NOW))
        for number in range(count):
            to = pia(world, email=f"to{number}@example.org", subject_id=None)
            send(CODE, to, {"code": "123456"}, organisation_id=world.a.organisation_id)


def _holder(job: str) -> str | None:
    with system():
        running = sa.select(JobRun.holder_id)
        return db.session.scalar(running.where(JobRun.job == job, JobRun.state == RunState.RUNNING))


def _schedulers() -> list[Scheduler]:
    with system():
        return list(db.session.scalars(sa.select(Scheduler).order_by(Scheduler.started_at)))


def _let_leases_run_out() -> None:
    """Five minutes pass: what nobody says anything about any more is free."""
    past = NOW - timedelta(minutes=1)
    with system():
        held = sa.update(JobRun).where(JobRun.state == RunState.RUNNING)
        db.session.execute(held.values(held_until=past))
        claimed = sa.update(Message).where(Message.state == MessageState.WAITING)
        db.session.execute(
            claimed.where(Message.claimed_until.is_not(None)).values(claimed_until=past)
        )


def _sent(post: Post) -> Counter[str]:
    return Counter(to[0] for to, _raw in post.received)


def _identifiers(post: Post, address: str) -> set[str]:
    raw = [content for to, content in post.received if to[0] == address]
    return {str(email.message_from_bytes(content)["Message-ID"]) for content in raw}


def test_two_schedulers_send_every_reminder_exactly_once(app, world):
    post = Post()
    _write(world, REMINDERS)
    with mail_server(post) as url, scheduler(app, url), scheduler(app, url):
        until(lambda: len(post.received) >= REMINDERS)
        until(lambda: len(_schedulers()) == 2)
        until(lambda: _holder("notices.send") is None)
    assert _sent(post) == {f"to{number}@example.org": 1 for number in range(REMINDERS)}
    assert {message.state for message in messages()} == {MessageState.SENT}


def test_when_one_of_two_is_killed_in_the_middle_the_other_sends_the_rest(app, world):
    post = Post(slow_seconds=0.02)
    _write(world, REMINDERS)
    with mail_server(post) as url, ExitStack() as stack:
        first = stack.enter_context(scheduler(app, url))
        until(lambda: len(post.received) >= 1)
        stack.enter_context(scheduler(app, url))
        until(lambda: len(post.received) >= REMINDERS // 2)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert len(post.received) < REMINDERS
        until(lambda: len(_schedulers()) == 2)
        _let_leases_run_out()
        until(lambda: len(_sent(post)) == REMINDERS)
        until(lambda: _holder("notices.send") is None)
    sent = _sent(post)
    twice = [address for address, count in sent.items() if count > 1]
    assert len(sent) == REMINDERS
    assert len(twice) <= 1
    assert all(sent[address] == 2 and len(_identifiers(post, address)) == 1 for address in twice)
    assert {message.state for message in messages()} == {MessageState.SENT}


def test_a_scheduler_that_is_asked_to_stop_ends_soon_and_gives_its_turn_back(app, world):
    post = Post(slow_seconds=0.5)
    _write(world, 60)
    with mail_server(post) as url, scheduler(app, url) as process:
        until(lambda: len(post.received) >= 1)
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert time.monotonic() - asked < GRACE_SECONDS + 7
    assert len(post.received) < 60
    (one,) = _schedulers()
    assert one.stopped_at is not None
    with system():
        sending = sa.select(JobRun).where(JobRun.job == "notices.send")
        run = db.session.scalars(sending.order_by(JobRun.due_at)).first()
        assert (run.state, run.holder_id, run.tries) == (RunState.RUNNING, None, 0)
        assert run.held_until < one.stopped_at


def test_every_job_of_the_house_has_a_name_and_a_title_of_its_own(app):
    jobs = jobs_of(app.config["JOBSEARCH"])
    assert len({job.name for job in jobs}) == len(jobs)
    assert len({job.title for job in jobs}) == len(jobs)


TIMES = (at(0, 10), at(2, 50), at(4, 30), at(23, 50))
STEP = timedelta(minutes=30)


class Diary:
    """A whole scheduler under a clock that is moved, and how often it did each of its jobs."""

    def __init__(self, app, start: datetime) -> None:
        self.done: Counter[str] = Counter()
        self._app = app
        self._travel = time_machine.travel(start, tick=True)
        daily = [self._job(f"at.{one:%H%M}", daily_at=one) for one in TIMES]
        self.jobs = [*daily, self._job("pulse", every=timedelta(minutes=5))]

    def _job(self, name: str, **rhythm: Any) -> Job:
        def work() -> str:
            self.done[name] += 1
            return "done"

        return Job(name, title=name, work=work, **rhythm)

    @contextmanager
    def working(self) -> Iterator[None]:
        """The scheduler is there, and has looked at everything once."""
        clockwork = Clockwork(self._app, self.jobs)
        thread = threading.Thread(target=clockwork.run, kwargs={"watch_seconds": 0.01})
        before = self.done["pulse"]
        thread.start()
        try:
            until(lambda: self.done["pulse"] > before)
            yield
        finally:
            clockwork.stopping.set()
            thread.join(30)
            assert not thread.is_alive()

    def __enter__(self) -> "Diary":
        self._traveller = self._travel.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._travel.stop()

    def set_clock(self, instant: datetime) -> None:
        """Set the clock while nobody is there."""
        self._traveller.move_to(instant)

    def go_to(self, instant: datetime) -> None:
        """Set the clock, and wait until the scheduler has noticed."""
        before = self.done["pulse"]
        self._traveller.move_to(instant)
        until(lambda: self.done["pulse"] > before)

    def walk(self, first: datetime, last: datetime) -> None:
        """Let the clock go on, half an hour at a time."""
        while first < last:
            first += STEP
            self.go_to(first)

    def due_days(self, job: str) -> list[date]:
        """The local days of a job's turns; each of them was done once and at the right time."""
        with system():
            turns = sa.select(JobRun.due_at, JobRun.state).where(JobRun.job == job)
            rows = list(db.session.execute(turns.order_by(JobRun.started_at)))
        assert len(rows) == self.done[job]
        assert {state for _due, state in rows} == {RunState.DONE}
        local = [due.astimezone(ZONE) for due, _state in rows]
        assert {f"at.{due:%H%M}" for due in local} == {job}
        return [due.date() for due in local]


def _noon(day: date) -> datetime:
    return datetime.combine(day, at(12), ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 29),
        date(2027, 3, 28),
        date(2026, 10, 25),
        date(2026, 12, 31),
        date(2028, 2, 29),
    ],
)
def test_each_daily_job_is_done_once_on_a_day_of_23_25_or_24_hours(app, day: date):
    first, last = _noon(day - ONE_DAY), _noon(day + ONE_DAY)
    with Diary(app, first) as diary:
        with diary.working():
            diary.walk(first, last)
        for job in diary.jobs[:-1]:
            days = diary.due_days(job.name)
            assert days == sorted(set(days))
            assert day in days
            assert len(days) == 3  # the one that was missed before the start, and two


def test_after_days_off_each_daily_job_is_done_once_and_not_once_for_each_day(app):
    first = _noon(date(2026, 11, 24))
    with Diary(app, first) as diary:
        with diary.working():
            pass
        diary.set_clock(first + 5 * ONE_DAY)
        with diary.working():
            diary.go_to(first + 5 * ONE_DAY + timedelta(minutes=10))
        for job in diary.jobs[:-1]:
            assert len(diary.due_days(job.name)) == 2, job.name
        assert diary.done["pulse"] <= 4


def test_a_watch_that_fails_is_logged_and_looks_again(app, monkeypatch, caplog):
    looks = []

    def broken(worker):
        looks.append(worker)
        raise OSError("no database")

    monkeypatch.setattr("jobsearch.clockwork.say_alive", broken)
    first = _noon(date(2026, 11, 24))
    with Diary(app, first) as diary, diary.working():
        until(lambda: bool(looks))
        diary.go_to(first + timedelta(hours=1))
    assert len(looks) >= 2
    assert "the watch failed" in caplog.text


def test_when_the_clock_is_set_back_daily_jobs_wait_and_the_others_go_on(app):
    first = _noon(date(2026, 11, 24)) - timedelta(hours=8)  # 4 o'clock
    with Diary(app, first) as diary:
        with diary.working():
            diary.walk(first, first + timedelta(hours=1))
            before = diary.done["pulse"]
            diary.go_to(first)  # an hour back: it is 4 o'clock again
            diary.walk(first, first + timedelta(hours=1))
            assert diary.done["pulse"] >= before + 3
        assert diary.due_days("at.0430").count(date(2026, 11, 24)) == 1
