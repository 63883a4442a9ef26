"""Scheduled work: each turn once, nothing lost, nothing sent twice."""

import smtplib
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller

from jobsearch.audit.chain import broken_seals, seal_new_entries
from jobsearch.audit.models import AuditSeal, SubjectKey
from jobsearch.config import Config, Mode
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.jobs.models import JobRun
from jobsearch.jobs.rules import Job, Turn, latest_due
from jobsearch.jobs.service import run_turn
from jobsearch.notices.channels import AddressRefused
from jobsearch.notices.jobs import send_waiting
from jobsearch.notices.models import Message, MessageState
from jobsearch.notices.service import enqueue
from tests.world import NOW

pytestmark = pytest.mark.usefixtures("context")
TURN = Turn("test.job", NOW)


def _system():
    return unit_of_work(whole_installation("test"))


def _config(tmp_path, url="smtp://127.0.0.1:1") -> Config:
    return Config(Mode.TEST, tmp_path, "", "http://x", smtp_url=url, mail_from="us@example.org")


def _write(world, count=1, **values):
    with _system():
        for number in range(count):
            enqueue(
                kind="test",
                address=f"to{number}@example.org",
                subject="Ääkköset\r\nBcc: x@y.z",
                body="Hyvää päivää",
                organisation_id=world.a.organisation_id,
                **values,
            )


def _states() -> list[MessageState]:
    with _system():
        return list(db.session.scalars(sa.select(Message.state)))


def test_a_turn_is_done_once(world):
    done = []
    assert run_turn(TURN, lambda: done.append(1) or "done")
    assert not run_turn(TURN, lambda: done.append(2) or "done")
    assert done == [1]


def test_a_failed_turn_stays_in_the_ledger(world):
    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        run_turn(TURN, fail)
    with _system():
        run = db.session.scalars(sa.select(JobRun)).one()
        assert run.outcome == "failed; see the log"
        assert run.ended_at == NOW


def test_of_eight_schedulers_at_once_one_does_the_turn(app, world):
    done = []

    def work() -> str:
        done.append(1)
        return "done"

    def scheduler() -> None:
        with app.app_context():
            run_turn(TURN, work)

    threads = [threading.Thread(target=scheduler) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1]


@pytest.mark.parametrize(
    "day", [datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)]
)
def test_no_turn_comes_twice_or_is_missed_when_the_clocks_change(day):
    job = Job("x", title="X", every=timedelta(hours=1), work=str)
    turns = {latest_due(job, day + timedelta(minutes=m)) for m in range(0, 1440, 7)}
    assert len(turns) == 24


def test_a_message_reaches_a_real_mail_server_once(world, tmp_path):
    received = []

    class Inbox:
        async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (the library's name)
            received.append((envelope.rcpt_tos, envelope.content))
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(Inbox(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        config = _config(tmp_path, f"smtp://127.0.0.1:{port}")
        _write(world)
        assert send_waiting(config) == "sent: 1"
        assert send_waiting(config) == "nothing waited"
    finally:
        server.stop()
    ((to, content),) = received
    assert to == ["to0@example.org"]
    assert b"\nBcc:" not in content
    assert _states() == [MessageState.SENT]


def test_while_the_mail_server_is_down_messages_wait_and_then_go(world, tmp_path):
    def down(_url, _letter):
        raise ConnectionRefusedError

    _write(world, 3)
    send_waiting(_config(tmp_path), down)
    assert _states() == [MessageState.WAITING] * 3
    sent = []
    send_waiting(_config(tmp_path), lambda _url, letter: sent.append(letter.identifier))
    assert len(set(sent)) == 3


def test_a_refused_address_is_marked_and_not_tried_again(world, tmp_path):
    def refuse(_url, _letter):
        raise AddressRefused("550")

    _write(world)
    send_waiting(_config(tmp_path), refuse)
    assert _states() == [MessageState.REFUSED]


def test_a_message_whose_time_is_over_is_dropped_not_sent_late(world, tmp_path, clock):
    _write(world, expires_in=timedelta(minutes=15))
    clock.shift(16 * 60)
    sent = []
    send_waiting(_config(tmp_path), lambda _url, letter: sent.append(letter))
    assert sent == []
    assert _states() == [MessageState.EXPIRED]


def test_a_sender_that_died_gives_its_message_back_with_the_same_identifier(world, tmp_path, clock):
    tried = []

    def die(_url, letter):
        tried.append(letter.identifier)
        raise SystemExit

    _write(world)
    with pytest.raises(SystemExit):
        send_waiting(_config(tmp_path), die)
    again = []
    send_waiting(_config(tmp_path), lambda _url, letter: again.append(letter.identifier))
    assert again == []
    clock.shift(6 * 60)
    send_waiting(_config(tmp_path), lambda _url, letter: again.append(letter.identifier))
    assert again == tried


def test_a_temporary_refusal_waits(world, tmp_path):
    def later(_url, _letter):
        raise smtplib.SMTPDataError(451, b"later")

    _write(world)
    send_waiting(_config(tmp_path), later)
    assert _states() == [MessageState.WAITING]


def test_the_chain_holds_and_a_changed_entry_is_found(world, clock):
    clock.shift(60)
    with _system():
        assert seal_new_entries() > 0
        assert broken_seals() == []
    with _system() as session:
        for trigger in ("audit_seal_no_update", "audit_entry_no_update"):
            if db.engine.dialect.name == "sqlite":
                session.connection().execute(sa.text(f"DROP TRIGGER {trigger}"))
        if db.engine.dialect.name == "postgresql":
            session.connection().execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        session.connection().execute(sa.text("UPDATE audit_entry SET act = 'x' WHERE id = 1"))
    with _system():
        assert broken_seals() == [db.session.scalars(sa.select(AuditSeal.id)).one()]


def test_the_chain_holds_when_a_subjects_key_is_destroyed(world, clock):
    clock.shift(60)
    with _system():
        seal_new_entries()
        db.session.execute(sa.delete(SubjectKey))
    with _system():
        assert broken_seals() == []


def test_entries_that_may_still_lack_a_neighbour_are_not_sealed(world):
    with _system():
        assert seal_new_entries() == 0
