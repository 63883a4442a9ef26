"""E-mail leaves the house once, by a real mail server, whatever the server does."""

import email
import itertools
import threading
from datetime import timedelta
from email import policy

import pytest

from jobsearch.config import Config, Mode
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.notices.delivery.lines import ServerDown
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.jobs import forget_messages, send_waiting
from jobsearch.notices.models import Message
from jobsearch.notices.rules import Channel, TextKind
from jobsearch.notices.service import send
from tests.outbox import (
    CODE,
    LINK,
    NEWS,
    TIP,
    Post,
    free_port,
    mail_server,
    messages,
    pia,
    system,
    went,
)

pytestmark = pytest.mark.usefixtures("context")


def _config(tmp_path, url="smtp://127.0.0.1:1") -> Config:
    sender = "Jobs <us@example.org>"
    return Config(Mode.TEST, tmp_path, "", "http://x", smtp_url=url, mail_from=sender)


def _write(world, count=1, kind=NEWS, to=None, **values):
    with system():
        for number in range(count):
            recipient = to or pia(world, email=f"to{number}@example.org")
            gaps = {"code": "123456"} if kind is CODE else LINK
            send(kind, recipient, gaps, organisation_id=world.a.organisation_id, **values)


def _states() -> list[MessageState]:
    return [message.state for message in messages()]


def _read(post: Post) -> list[email.message.EmailMessage]:
    return [email.message_from_bytes(raw, policy=policy.SMTP) for _to, raw in post.received]


def test_a_message_reaches_a_real_mail_server_once(world, tmp_path):
    post = Post()
    with mail_server(post) as url:
        _write(world)
        assert went(_config(tmp_path, url)) == "sent: 1"
        assert went(_config(tmp_path, url)) == "nothing waited"
    ((to, _raw),) = post.received
    assert to == ["to0@example.org"]
    assert _states() == [MessageState.SENT]


def test_an_e_mail_is_plain_text_and_the_same_as_escaped_html(world, tmp_path):
    post = Post()
    with mail_server(post) as url:
        _write(world, to=pia(world, name="<b>Pia</b>"))
        send_waiting(_config(tmp_path, url))
    (mail,) = _read(post)
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert "Hello <b>Pia</b>." in plain.get_content()
    assert "Hello &lt;b&gt;Pia&lt;/b&gt;." in page.get_content()
    assert '<a href="https://jobs.example.org/x">' in page.get_content()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"] == "Jobs <us@example.org>"
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["List-Unsubscribe"] is None


def test_what_people_typed_adds_no_header_and_no_recipient(world, tmp_path):
    post = Post()
    with mail_server(post) as url:
        _write(world, to=pia(world, name="Pia\r\nBcc: x@y.z\n"))
        _write(world, to=pia(world, email="pia@example.org\r\nBcc: x@y.z"))
        _write(world, to=pia(world, email="pia@example.org, x@y.z"))
        kind = TextKind("test.kind", subject="Ääkköset %(place)s", body="Hyvää päivää")
        with system():
            gaps = {"place": "Pori\r\nBcc: x@y.z"}
            send(kind, pia(world), gaps, organisation_id=world.a.organisation_id)
        send_waiting(_config(tmp_path, url))
    assert sorted(to for to, _raw in post.received) == [["pia@example.org"], ["pia@example.org"]]
    assert all(mail["Bcc"] is None for mail in _read(post))
    assert _states().count(MessageState.REFUSED) == 2


def test_a_message_that_may_be_declined_says_how_and_can_be_ended_by_one_click(world, tmp_path):
    post = Post()
    with mail_server(post) as url:
        _write(world, kind=TIP)
        send_waiting(_config(tmp_path, url))
    (mail,) = _read(post)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http://localhost/")
    assert mail["List-Id"] == "<test.tip.example.org>"
    assert "You can choose which messages you get" in mail.get_body(("plain",)).get_content()


def test_a_server_that_is_down_for_an_hour_loses_nothing_and_sends_nothing_twice(
    world, tmp_path, clock
):
    port = free_port()
    config = _config(tmp_path, f"smtp://127.0.0.1:{port}")
    for minute in range(60):  # a message a minute, two turns of the job a minute
        _write(world, to=pia(world, email=f"m{minute}@example.org"))
        for _turn in range(2):
            send_waiting(config)
            clock.shift(30)
    assert _states() == [MessageState.WAITING] * 60
    assert {message.trouble for message in messages()} == {Trouble.SERVER_DOWN}
    post, came_back = Post(), now()
    with mail_server(post, port):
        while MessageState.WAITING in _states():
            send_waiting(config)
            clock.shift(30)
    assert now() - came_back <= timedelta(minutes=10)
    assert [to for to, _raw in post.received] == [[f"m{n}@example.org"] for n in range(60)]


def test_the_first_message_that_goes_lets_the_waiting_ones_go_at_once(world, tmp_path, clock):
    port = free_port()
    config = _config(tmp_path, f"smtp://127.0.0.1:{port}")
    _write(world, 3)
    for _turn in range(60):
        send_waiting(config)
        clock.shift(30)
    assert went(config) == "nothing waited"  # the next try is minutes away
    _write(world, to=pia(world, email="new@example.org"))
    with mail_server(Post(), port):
        assert went(config) == "sent: 4"


def test_the_waits_grow_while_the_server_is_down(world, tmp_path, clock):
    tries = []

    class Down:
        def open(self):
            tries.append(now())
            raise ServerDown

        def close(self):
            pass

    _write(world)
    for _turn in range(120):
        send_waiting(_config(tmp_path), {Channel.EMAIL: Down()})
        clock.shift(30)
    waits = [b - a for a, b in itertools.pairwise(tries)]
    minutes = [wait.total_seconds() / 60 for wait in waits]
    assert minutes[:5] == [0.5, 1, 2, 4, 8]
    assert max(minutes) <= 15


def test_a_451_waits_and_the_others_go(world, tmp_path, clock):
    post = Post(answers={"to0@example.org": "451 later"})
    with mail_server(post) as url:
        _write(world, 3)
        assert went(_config(tmp_path, url)) == "sent: 2, waiting: 1"
        assert went(_config(tmp_path, url)) == "nothing waited"
        post.answers.clear()
        clock.shift(31)
        assert went(_config(tmp_path, url)) == "sent: 1"
    assert len(post.received) == 3


def test_a_slow_server_is_waited_for(world, tmp_path):
    post = Post(slow_seconds=1)
    with mail_server(post) as url:
        _write(world)
        assert went(_config(tmp_path, url)) == "sent: 1"
    assert len(post.received) == 1


def test_the_patience_of_one_try_fits_into_its_lease():
    from jobsearch.notices.delivery import gateway, smtp
    from jobsearch.notices.delivery.rules import LEASE

    assert smtp._SECONDS > 30
    assert 5 * smtp._SECONDS < LEASE.total_seconds() <= 300
    assert LEASE.total_seconds() > gateway._SECONDS


def test_a_server_that_hangs_up_before_its_answer_gets_at_most_one_twin(world, tmp_path, clock):
    post = Post(data_answers=["cut"])
    with mail_server(post) as url:
        _write(world)
        send_waiting(_config(tmp_path, url))
        assert _states() == [MessageState.WAITING]
        clock.shift(31)
        assert went(_config(tmp_path, url)) == "sent: 1"
    first, second = _read(post)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_a_message_that_breaks_the_server_does_not_hold_up_the_others(world, tmp_path):
    post = Post(data_answers=["cut"])
    with mail_server(post) as url:
        _write(world, 5)
        assert went(_config(tmp_path, url)) == "sent: 4, waiting: 1"


def test_a_550_marks_the_address_and_is_not_tried_again(world, tmp_path, clock):
    post = Post(answers={"to0@example.org": "550 no such user"})
    with mail_server(post) as url:
        _write(world)
        assert went(_config(tmp_path, url)) == "refused: 1"
        clock.shift(3600)
        assert went(_config(tmp_path, url)) == "nothing waited"
    with system():
        failure = db.session.query(FailedAddress).one()
        assert failure.subject_id == world.pia.person_id
        assert failure.address == "to0@example.org"
        assert failure.organisation_id == world.a.organisation_id


def test_a_message_that_the_server_does_not_want_is_not_the_addresss_fault(world, tmp_path):
    post = Post(data_answers=["554 spam"])
    with mail_server(post) as url:
        _write(world)
        assert went(_config(tmp_path, url)) == "failed: 1"
    with system():
        assert db.session.query(FailedAddress).count() == 0


def test_a_reminder_whose_time_is_over_is_dropped_and_noted_even_while_the_server_is_down(
    world, tmp_path, clock
):
    _write(world, expires_at=now() + timedelta(minutes=15))
    clock.shift(16 * 60)
    assert went(_config(tmp_path)) == "expired: 1"
    (message,) = messages()
    assert (message.state, message.trouble) == (MessageState.EXPIRED, Trouble.TOO_LATE)


def test_after_three_days_a_message_is_given_up(world, tmp_path, clock):
    _write(world)
    clock.shift(3 * 86400)
    assert went(_config(tmp_path), {}) == "nothing waited"
    clock.shift(1)
    assert went(_config(tmp_path), {}) == "failed: 1"
    assert messages()[0].trouble is Trouble.GAVE_UP


def test_quiet_hours_hold_back_and_a_code_goes_all_the_same(world, tmp_path, clock):
    post = Post()
    clock.move_to("2026-11-24T21:30:00+02:00")
    with mail_server(post) as url:
        _write(world)
        _write(world, kind=CODE, to=pia(world, email="code@example.org"))
        assert went(_config(tmp_path, url)) == "sent: 1"
        clock.move_to("2026-11-25T06:59:00+02:00")
        assert went(_config(tmp_path, url)) == "nothing waited"
        clock.move_to("2026-11-25T07:00:30+02:00")
        assert went(_config(tmp_path, url)) == "sent: 1"
    assert [to for to, _raw in post.received] == [["code@example.org"], ["to0@example.org"]]


def test_a_message_for_later_waits_for_its_time(world, tmp_path, clock):
    post = Post()
    with mail_server(post) as url:
        _write(world, send_after=now() + timedelta(hours=2))
        assert went(_config(tmp_path, url)) == "nothing waited"
        clock.shift(2 * 3600 + 1)
        assert went(_config(tmp_path, url)) == "sent: 1"


def test_two_senders_at_once_send_each_message_once(app, world, tmp_path):
    post = Post()
    _write(world, 40)

    def sender(url: str) -> None:
        with app.app_context():
            send_waiting(_config(tmp_path, url))

    with mail_server(post) as url:
        threads = [threading.Thread(target=sender, args=(url,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    sent = sorted(to[0] for to, _raw in post.received)
    assert sent == sorted(f"to{n}@example.org" for n in range(40))
    assert set(_states()) == {MessageState.SENT}


def test_a_sender_that_died_gives_its_message_back_after_the_lease(world, tmp_path, clock):
    tried = []

    class Dying:
        def open(self):
            pass

        def close(self):
            pass

        def deliver(self, letter):
            tried.append(letter.as_message()["Message-ID"])
            raise SystemExit

    post = Post()
    _write(world, 2)
    with pytest.raises(SystemExit):
        send_waiting(_config(tmp_path), {Channel.EMAIL: Dying()})
    with mail_server(post) as url:
        send_waiting(_config(tmp_path, url))
        assert len(post.received) == 1  # the one that the dead sender had not taken
        clock.shift(5 * 60 + 1)
        send_waiting(_config(tmp_path, url))
    assert len(post.received) == 2
    assert tried == [_read(post)[1]["Message-ID"]]


def test_a_sender_that_is_killed_in_the_middle_makes_at_most_one_twin(bench, world, tmp_path):
    import os
    import signal
    import subprocess
    import sys
    import time

    from tests.postgres import ENGINE

    url = bench._url() if ENGINE == "postgresql" else f"sqlite:///{bench.folder}/test.db"
    code = (
        "from datetime import UTC, datetime\n"
        "import sys, time_machine\n"
        "from pathlib import Path\n"
        "from jobsearch.app import create_app\n"
        "from jobsearch.config import Config, Mode\n"
        "from jobsearch.notices.jobs import send_waiting\n"
        "config = Config(Mode.TEST, Path(sys.argv[1]), sys.argv[2], 'http://x',"
        " smtp_url=sys.argv[3], mail_from='us@example.org')\n"
        "app = create_app(config)\n"
        "with app.app_context(), time_machine.travel(datetime.fromisoformat(sys.argv[4])):\n"
        "    print(send_waiting(config))\n"
    )
    post = Post(slow_seconds=0.02)
    _write(world, 60)

    def start(server: str, at: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code, str(bench.folder), url, server, at])

    db.session.remove()
    with mail_server(post) as server:
        first = start(server, now().isoformat())
        while len(post.received) < 10:
            time.sleep(0.005)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        at_the_kill = len(post.received)
        assert at_the_kill < 60
        rest = start(server, (now() + timedelta(minutes=6)).isoformat())
        assert rest.wait(timeout=60) == 0
    identifiers = [mail["Message-ID"] for mail in _read(post)]
    assert len(set(identifiers)) == 60
    assert len(identifiers) - 60 <= 1


def test_messages_are_erased_thirty_days_after_they_went(world, tmp_path, clock):
    post = Post()
    with mail_server(post) as url:
        _write(world)
        send_waiting(_config(tmp_path, url))
    clock.shift(29 * 86400)
    _write(world)
    assert forget_messages() == "Messages erased: 0."
    clock.shift(2 * 86400)
    assert forget_messages() == "Messages erased: 1."
    assert forget_messages() == "Messages erased: 0."
    with system():
        assert db.session.query(Message).count() == 1
