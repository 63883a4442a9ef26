"""The ledger of turns: each is done once, taken up when its scheduler dies, asked for by hand."""

import json
import threading
from collections.abc import Callable
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.tokens import new_key
from jobsearch.jobs import queries
from jobsearch.jobs.models import JobRun, RunState, ScheduledJob, Scheduler
from jobsearch.jobs.rules import LEASE, MOST_TRIES, RETRY_AFTER, Job
from jobsearch.jobs.service import (
    FAILED,
    LOST,
    Look,
    Worker,
    ask_run,
    give_back,
    register,
    run_due,
    say_alive,
    take_up,
    tidy_ledger,
)
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context", "world")
SECOND = timedelta(seconds=1)


def system():
    return unit_of_work(whole_installation("test"))


def job(work, name="test.work", **rhythm) -> Job:
    return Job(name, title="Work", work=work, **(rhythm or {"every": timedelta(minutes=10)}))


def runs() -> list[JobRun]:
    with system():
        return list(db.session.scalars(sa.select(JobRun).order_by(JobRun.started_at, JobRun.id)))


def waiting() -> list[tuple[str, str]]:
    with system():
        return queries.list_waiting_turns()


def eight_at_once(app, deed: Callable[[], object]) -> None:
    def scheduler() -> None:
        with app.app_context():
            deed()

    threads = [threading.Thread(target=scheduler) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Dies(BaseException):
    """The process of a scheduler ends in the middle."""


def dies() -> str:
    raise Dies


def fails() -> str:
    who = "somebody@example.org"
    raise ValueError(who)


def test_a_turn_is_done_once():
    done = []
    work = job(lambda: done.append(1) or Outcome("Done: %(count)s.", count=1))
    assert run_due(work, Worker()) is Look.DID
    assert run_due(work, Worker()) is Look.NOTHING
    assert done == [1]
    (run,) = runs()
    assert (run.state, run.outcome, run.tries) == (RunState.DONE, "Done: %(count)s.", 1)
    assert json.loads(run.outcome_gaps) == {"count": 1}
    assert run.held_until is None


def test_a_plain_text_is_an_outcome_too():
    assert run_due(job(lambda: "100 % done"), Worker()) is Look.DID
    assert [run.outcome for run in runs()] == ["100 % done"]


def test_a_failed_turn_is_written_down_without_what_the_error_said(caplog):
    assert run_due(job(fails, daily_at=time(4, 30)), Worker()) is Look.DID
    assert "in fails" in caplog.text
    assert "ValueError: somebody" not in caplog.text
    (run,) = runs()
    assert (run.state, run.outcome, run.problem) == (RunState.FAILED, FAILED, "ValueError")
    assert run.retry_at == NOW + RETRY_AFTER


def test_a_daily_turn_that_failed_is_tried_three_times_and_then_left(clock):
    work = job(fails, daily_at=time(4, 30))
    run_due(work, Worker())
    tried = 1
    for _ in range(6):
        assert waiting() == []
        clock.shift(RETRY_AFTER)
        for key, name in waiting():
            assert name == work.name
            take_up(key, work, Worker())
            tried += 1
    assert tried == MOST_TRIES
    assert [run.state for run in runs()] == [RunState.FAILED]


def test_of_eight_schedulers_at_once_one_does_the_turn(app):
    done = []
    work = job(lambda: done.append(1) or "done")
    eight_at_once(app, lambda: run_due(work, Worker()))
    assert done == [1]


def test_of_eight_schedulers_one_takes_up_what_a_dead_one_held(app, clock):
    with pytest.raises(Dies):
        run_due(job(dies), Worker())
    clock.shift(LEASE + SECOND)
    ((key, _name),) = waiting()
    done = []
    work = job(lambda: done.append(1) or "done")
    eight_at_once(app, lambda: take_up(key, work, Worker()))
    assert done == [1]
    (run,) = runs()
    assert (run.state, run.tries) == (RunState.DONE, 2)


def test_a_turn_whose_scheduler_died_is_held_until_its_lease_ends(clock):
    with pytest.raises(Dies):
        run_due(job(dies), Worker())
    assert waiting() == []
    clock.shift(LEASE - SECOND)
    assert waiting() == []
    clock.shift(2)
    assert len(waiting()) == 1
    assert timedelta(minutes=5) >= LEASE


def test_a_job_never_runs_twice_at_the_same_time(clock):
    with pytest.raises(Dies):
        run_due(job(dies), Worker())
    clock.shift(80)  # within the lease, and another turn is due after it
    done = []
    often = job(lambda: done.append(1) or "x", every=timedelta(seconds=30))
    assert run_due(often, Worker()) is Look.BUSY
    assert done == []


def test_whoever_works_for_long_keeps_her_turn(clock):
    worker = Worker()

    def long_work() -> str:
        for _ in range(10):
            clock.shift(60)
            say_alive(worker)
            assert waiting() == []
        return "done"

    assert run_due(job(long_work), worker) is Look.DID
    assert [run.state for run in runs()] == [RunState.DONE]


def test_who_lost_a_turn_does_not_write_over_the_one_who_took_it(clock):
    def slow_work() -> str:
        clock.shift(LEASE + SECOND)
        ((key, _name),) = waiting()
        take_up(key, job(lambda: "by the quick one"), Worker())
        return "by the slow one"

    run_due(job(slow_work), Worker())
    assert [run.outcome for run in runs()] == ["by the quick one"]


def test_a_turn_that_kills_every_scheduler_is_given_up(clock):
    with pytest.raises(Dies):
        run_due(job(dies), Worker())
    for _ in range(MOST_TRIES - 1):
        clock.shift(LEASE + SECOND)
        ((key, _name),) = waiting()
        with pytest.raises(Dies):
            take_up(key, job(dies), Worker())
    clock.shift(LEASE + SECOND)
    assert waiting() == []
    say_alive(Worker())
    (run,) = runs()
    assert (run.state, run.outcome) == (RunState.FAILED, LOST)
    assert run_due(job(lambda: "done"), Worker()) is Look.NOTHING  # this turn is over
    clock.shift(timedelta(minutes=10))
    assert run_due(job(lambda: "done"), Worker()) is Look.DID


def test_a_scheduler_that_is_stopped_gives_its_turns_back_at_once():
    worker = Worker()
    register(worker, [])
    with pytest.raises(Dies):
        run_due(job(dies), worker)
    assert give_back(worker) == 1
    ((key, _name),) = waiting()
    assert take_up(key, job(lambda: "x"), Worker())
    assert [run.tries for run in runs()] == [1]
    with system():
        assert db.session.get_one(Scheduler, worker.key).stopped_at == NOW
        assert db.session.scalar(queries.seen_at()) is None


def test_a_hold_of_a_clock_that_was_set_back_does_not_last(clock):
    clock.shift(timedelta(hours=1))
    with pytest.raises(Dies):
        run_due(job(dies), Worker())
    clock.shift(timedelta(hours=-1))
    assert len(waiting()) == 1


def test_the_schedulers_write_down_which_jobs_they_have():
    first = [job(str, "a.often"), job(str, "b.daily", daily_at=time(4, 30))]
    register(Worker(), first)
    register(Worker(), [*first, job(str, "c.weekly", weekly_at=(0, time(7)))])
    with system():
        rows = queries.list_scheduled()
        assert [row.name for row in rows] == ["a.often", "b.daily", "c.weekly"]
        assert [(row.every, row.daily_at, row.weekly_at) for row in rows] == [
            (timedelta(minutes=10), None, None),
            (None, time(4, 30), None),
            (None, None, (0, time(7))),
        ]
    register(Worker(), first)
    with system():
        assert len(queries.list_scheduled()) == 2


def _ask(world, as_, name="test.work") -> str:
    register(Worker(), [job(str, name)])
    with system():
        job_id = db.session.scalar(sa.select(ScheduledJob.id).where(ScheduledJob.name == name))
    with as_(world.olga):
        ask_run(world.olga.actor, job_id)
    return job_id


def test_an_extra_turn_is_done_once_beside_the_usual_ones(world, as_, clock):
    assert run_due(job(lambda: "usual"), Worker()) is Look.DID
    clock.shift(1)
    _ask(world, as_)
    ((key, name),) = waiting()
    assert name == "test.work"
    assert take_up(key, job(lambda: "extra"), Worker())
    assert not take_up(key, job(lambda: "again"), Worker())
    assert [run.outcome for run in runs()] == ["usual", "extra"]


def test_an_extra_turn_does_not_take_the_place_of_a_usual_one(world, as_, clock):
    clock.shift(1)
    _ask(world, as_)
    ((key, _name),) = waiting()
    take_up(key, job(lambda: "extra"), Worker())
    assert run_due(job(lambda: "usual"), Worker()) is Look.DID


def test_run_now_pressed_twice_asks_once(world, as_):
    job_id = _ask(world, as_)
    with pytest.raises(RuleBroken, match="already"), as_(world.olga):
        ask_run(world.olga.actor, job_id)
    assert len(waiting()) == 1


def test_run_now_pressed_by_two_at_once_asks_once(world, as_):
    _ask(world, as_)
    with pytest.raises(Conflict), system():
        db.session.add(
            JobRun(
                job="test.work",
                due_at=NOW + SECOND,
                state=RunState.WAITING,
                asked_by_id=world.olga.account_id,
                started_at=NOW,
            )
        )


def test_a_job_that_no_scheduler_has_cannot_be_asked_for(world, as_):
    with pytest.raises(NotVisible), as_(world.olga):
        ask_run(world.olga.actor, new_key())


def _old_run(name: str, days: int, state: RunState = RunState.DONE) -> None:
    at = NOW - timedelta(days=days)
    with system():
        db.session.add(JobRun(job=name, due_at=at, started_at=at, ended_at=at, state=state))


def test_old_turns_are_forgotten_but_the_last_of_each_job():
    register(Worker(), [job(str, "a.often"), job(str, "b.daily", daily_at=time(5))])
    for days in (1, 8, 9, 91):
        _old_run("a.often", days)
    _old_run("a.often", 50, RunState.FAILED)
    for days in (89, 91, 200):
        _old_run("b.daily", days)
    for days in (300, 400):
        _old_run("c.gone", days)
    assert tidy_ledger() == "Old turns forgotten: 6."
    left = {(run.job, (NOW - run.started_at).days) for run in runs()}
    assert left == {("a.often", 1), ("a.often", 50), ("b.daily", 89), ("c.gone", 300)}
    assert tidy_ledger() == "Old turns forgotten: 0."
