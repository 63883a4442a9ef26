"""The operator's pages of jobs and of how the installation is; what machines are told of it."""

import json
from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from jobsearch.config import Config
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.health import queries as health
from jobsearch.jobs.models import JobRun, RunState, ScheduledJob
from jobsearch.jobs.rules import Job
from jobsearch.jobs.service import Worker, register, run_due, say_alive
from jobsearch.notices.models import Message, MessageState
from jobsearch.notices.service import send
from tests.outbox import NEWS, pia
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("world")
LINK = {"link": "https://jobs.example.org/x"}


def _system():
    return unit_of_work(whole_installation("test"))


def fails() -> str:
    raise ValueError("somebody@example.org")


JOBS = (
    Job(
        "a.often",
        title="Send messages that wait",
        every=timedelta(seconds=30),
        work=lambda: Outcome("Entries sealed: %(count)s.", count=7),
    ),
    Job("b.daily", title="Forget old turns of jobs", daily_at=time(4, 10), work=fails),
    Job("c.weekly", title="Weekly", weekly_at=(0, time(7)), work=str),
)


@pytest.fixture
def worked(app, context):
    """A scheduler that has done one job well and another badly."""
    worker = Worker()
    register(worker, JOBS)
    for job in JOBS[:2]:
        run_due(job, worker)
    return worker


def _job_id(name: str) -> str:
    with _system():
        found = db.session.scalar(sa.select(ScheduledJob.id).where(ScheduledJob.name == name))
    assert found
    return found


def test_the_operator_sees_failures_first_then_every_job_with_its_next_turn(world, sign_in, worked):
    page = sign_in(world.olga).get("/jobs").get_data(as_text=True)
    assert page.index("Failed, and not done since") < page.index("Every 30 seconds")
    assert "ValueError" in page
    assert "somebody" not in page
    assert "Entries sealed: 7." in page
    assert "Daily at 4:10" in page
    assert "Mondays at 7:00" in page
    assert "25\xa0November 2026, 4:10" in page


def test_a_failure_that_was_made_good_is_no_failure_any_more(world, sign_in, worked, clock):
    clock.shift(timedelta(days=1))
    good = Job("b.daily", title="Forget old turns of jobs", daily_at=time(4, 10), work=str)
    run_due(good, worked)
    page = sign_in(world.olga).get("/jobs").get_data(as_text=True)
    assert "Failed, and not done since" not in page


def test_before_a_scheduler_has_run_the_pages_say_so(world, sign_in):
    client = sign_in(world.olga)
    assert "No scheduler has run yet" in client.get("/jobs").get_data(as_text=True)
    assert "No job has run yet" in client.get("/jobs/turns").get_data(as_text=True)


def test_the_ledger_is_narrowed_by_job_and_by_failure(world, sign_in, worked):
    client = sign_in(world.olga)
    whole = client.get("/jobs/turns").get_data(as_text=True)
    assert "Entries sealed: 7." in whole
    assert "ValueError" in whole
    one = client.get("/jobs/turns?job=a.often").get_data(as_text=True)
    assert "ValueError" not in one
    failed = client.get("/jobs/turns?state=failed").get_data(as_text=True)
    assert "Entries sealed" not in failed
    unknown = client.get("/jobs/turns?job=x'--&state=y").get_data(as_text=True)
    assert "Entries sealed: 7." in unknown


def test_run_now_asks_once_however_often_it_is_pressed(world, sign_in, worked):
    client = sign_in(world.olga)
    address = f"/jobs/{_job_id('c.weekly')}/run"
    first = client.send(address)
    assert (first.status_code, first.location) == (303, "/jobs")
    assert "Asked for. The scheduler starts it" in client.get("/jobs").get_data(as_text=True)
    again = client.send(address)
    assert again.status_code == 303
    assert "This job is asked for already" in client.get("/jobs").get_data(as_text=True)
    with _system():
        waiting = sa.select(JobRun.job).where(JobRun.state == RunState.WAITING)
        assert list(db.session.scalars(waiting)) == ["c.weekly"]


def test_only_the_operator_sees_and_asks(world, sign_in, worked):
    address = f"/jobs/{_job_id('c.weekly')}/run"
    for member in (world.aino, world.stig, world.paula, world.pia, world.mia):
        client = sign_in(member)
        assert client.get("/jobs").status_code == 403
        assert client.get("/jobs/turns").status_code == 403
        assert client.send(address).status_code == 403


def _fill(count: int) -> None:
    worker = Worker()
    jobs = [
        Job(f"x.{number}", title="Work", every=timedelta(minutes=1), work=str)
        for number in range(count)
    ]
    register(worker, jobs)
    for job in jobs:
        run_due(job, worker)


@pytest.mark.parametrize("address", ["/jobs", "/jobs/turns", "/today"])
def test_the_pages_ask_as_often_of_30_jobs_as_of_one(world, sign_in, context, statements, address):
    client = sign_in(world.olga)
    asked = []
    for count in (1, 30):
        _fill(count)
        client.get(address)
        statements.clear()
        client.get(address)
        asked.append(len([one for one in statements if one.startswith(("SELECT", "WITH"))]))
    assert asked[0] == asked[1] <= 8


def test_the_operators_day_says_in_words_how_the_installation_is(world, sign_in, worked):
    page = sign_in(world.olga).get("/today").get_data(as_text=True)
    assert "The database answers." in page
    assert "The scheduler is at work." in page
    assert "Jobs that failed last time: 1. The page of jobs says which." in page


def _parts(client) -> tuple[int, dict[str, str]]:
    answer = client.get("/healthz")
    assert answer.mimetype == "application/json"
    told = json.loads(answer.get_data(as_text=True))
    assert told["status"] == ("ok" if answer.status_code == 200 else "degraded")
    return answer.status_code, told["parts"]


def test_healthz_is_ok_while_a_scheduler_lives_and_works(sign_in, context):
    worker = Worker()
    register(worker, JOBS[:1])
    run_due(JOBS[0], worker)
    well = {"database": "ok", "scheduler": "ok", "jobs": "ok", "outbox": "ok"}
    assert _parts(sign_in(None)) == (200, well)


def test_healthz_names_the_part_that_is_not_well(sign_in, worked, clock, world):
    client = sign_in(None)
    status, parts = _parts(client)
    assert (status, parts["jobs"], parts["scheduler"]) == (503, "degraded", "ok")
    clock.shift(91)
    assert _parts(client)[1]["scheduler"] == "degraded"
    say_alive(worked)
    assert _parts(client)[1]["scheduler"] == "ok"


def test_a_job_that_is_long_overdue_is_told(sign_in, context, clock):
    worker = Worker()
    register(worker, JOBS[:1])
    run_due(JOBS[0], worker)
    clock.shift(timedelta(minutes=25))
    say_alive(worker)
    assert _parts(sign_in(None))[1] == {
        "database": "ok",
        "scheduler": "ok",
        "jobs": "degraded",
        "outbox": "ok",
    }


def test_a_message_that_has_waited_long_is_told_where_messages_are_sent(world, context, clock):
    with _system():
        send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id)
        later = NOW + timedelta(days=2)
        send(NEWS, pia(world), LINK, organisation_id=world.a.organisation_id, send_after=later)
    with _system():
        assert health.waiting_since() == NOW
    clock.shift(timedelta(minutes=16))
    with _system():
        assert [one.is_well for one in health.findings(sends=True)][-1] is False
        assert [one.is_well for one in health.findings(sends=False)][-1] is True
        held_back = {"next_try_at": NOW + timedelta(hours=9)}
        db.session.execute(sa.update(Message).values(**held_back))
        assert health.waiting_since() is None  # its quiet hours
        db.session.execute(sa.update(Message).values(state=MessageState.SENT, settled_at=NOW))
        assert health.waiting_since() is None


def test_when_the_database_is_gone_healthz_says_so_and_nothing_else(app, sign_in, monkeypatch):
    def gone(*_args, **_values):
        raise sa.exc.OperationalError("SELECT 1", None, Exception("secret-password"))

    monkeypatch.setattr("jobsearch.health.queries.standings", gone)
    answer = sign_in(None).get("/healthz")
    assert answer.status_code == 503
    assert json.loads(answer.get_data()) == {
        "status": "degraded",
        "parts": {"database": "degraded"},
    }
    assert "jobsearch_database_up 0.0" in sign_in(None).get("/metrics").get_data(as_text=True)


def test_what_the_log_says_of_a_failing_statement_names_nobody(context):
    failing = sa.text("SELECT x FROM nowhere WHERE address = :address")
    with pytest.raises(sa.exc.DBAPIError) as failure, _system():
        db.session.connection().execute(failing, {"address": "pia@example.org"})
    assert "nowhere" in str(failure.value)
    assert "pia@example.org" not in str(failure.value)


def _metrics(client, **options) -> dict[str, list]:
    answer = client.get("/metrics", **options)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.get_data(as_text=True))
    return {family.name: family.samples for family in families}


def test_prometheus_reads_requests_jobs_and_the_outbox(world, sign_in, worked):
    client = sign_in(world.olga)
    client.get("/today")
    found = _metrics(sign_in(None))
    counted = {
        (s.labels["endpoint"], s.labels["status"]): s.value
        for s in found["jobsearch_requests"]
        if s.name.endswith("_total")
    }
    assert counted["desk.today", "200"] >= 1
    assert any(s.name.endswith("_bucket") for s in found["jobsearch_request_seconds"])
    assert "jobsearch_pool_connections" in found
    assert found["jobsearch_database_up"][0].value == 1
    failing = {s.labels["job"]: s.value for s in found["jobsearch_job_failing"]}
    assert failing == {"a.often": 0, "b.daily": 1, "c.weekly": 0}
    done = {s.labels["job"]: s.value for s in found["jobsearch_job_done_timestamp_seconds"]}
    assert done == {"a.often": NOW.timestamp()}
    assert {s.labels["state"] for s in found["jobsearch_outbox_messages"]} == set(MessageState)
    parts = {s.labels["part"]: s.value for s in found["jobsearch_part_well"]}
    assert parts == {"database": 1, "scheduler": 1, "jobs": 0, "outbox": 1}


def test_methods_that_a_stranger_makes_up_are_counted_as_one(sign_in):
    client = sign_in(None)
    for number in range(3):
        client.open("/health", method=f"MADEUP{number}")
    counted = _metrics(client)["jobsearch_requests"]
    assert "other" in {sample.labels["method"] for sample in counted}
    assert not [sample for sample in counted if "MADEUP" in sample.labels["method"]]


def test_the_metrics_name_nobody(world, sign_in, worked):
    for member in (world.stig, world.pia, world.mia):
        sign_in(member).get("/today")
    text = sign_in(None).get("/metrics").get_data(as_text=True)
    for word in ("Pia", "Pihlaja", "Stig", "example.org", world.pia.person_id, "Provider"):
        assert word not in text


def test_the_metrics_open_by_their_token_and_otherwise_to_this_machine_only(
    app, sign_in, monkeypatch
):
    client = sign_in(None)
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.8"}).status_code == 404
    forwarded = {"X-Forwarded-For": "127.0.0.1"}
    assert client.get("/metrics", headers=forwarded).status_code == 404
    config: Config = app.config["JOBSEARCH"]
    monkeypatch.setitem(app.config, "JOBSEARCH", replace(config, metrics_token="s3cret"))
    assert client.get("/metrics").status_code == 404
    wrong = {"Authorization": "Bearer s3cre"}
    assert client.get("/metrics", headers=wrong).status_code == 404
    right = {"Authorization": "Bearer s3cret"}
    assert client.get("/metrics", headers=right).status_code == 200
