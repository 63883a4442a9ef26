"""The mail server is away, then busy, then well: no page waits for it, everything goes once."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from jobsearch.core.db import db
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.rules import MessageState, Trouble
from jobsearch.notices.models import Message
from jobsearch.notices.service import send
from scripts.plan import ROOT
from tests.faults.house import Answer, House
from tests.faults.traffic import slowest_but_few, wait_until
from tests.outbox import CODE, Post, free_port, mail_server, pia, system
from tests.world import NOW

pytestmark = pytest.mark.timeout(240)
LETTERS = 60
PAGES = 150
BAD = "to7@example.org"


@contextmanager
def _scheduler(house: House, hours: int) -> Iterator[None]:
    """The scheduler's own process, so many hours after the letters were written."""
    at = NOW + timedelta(hours=hours)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.clocked_scheduler", at.isoformat()],
        cwd=ROOT,
        env=house.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _write_letters(house: House) -> None:
    with house.app.app_context():
        for number in range(LETTERS):
            at = NOW - timedelta(seconds=LETTERS - number)
            with time_machine.travel(at, tick=False), system():
                to = pia(house.world, email=f"to{number}@example.org")
                send(CODE, to, {"code": "1"}, organisation_id=house.world.a.organisation_id)


def _found(house: House, what: Any) -> Counter[Any]:
    with house.app.app_context(), system():
        return Counter(db.session.scalars(sa.select(what).where(Message.kind == CODE.key)))


def _pages(house: House) -> list[Answer]:
    return [house.get("/today", house.world.otto) for _ in range(PAGES)]


def test_pages_do_not_wait_for_mail_and_after_it_is_well_everything_goes_once(
    sqlite_house: House, figures: Callable[[str], None]
) -> None:
    house, port = sqlite_house, free_port()
    house.settings["JOBSEARCH_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    house.settings["JOBSEARCH_MAIL_FROM"] = "us@example.org"
    house.open_doors()
    _write_letters(house)
    _pages(house)
    usual = _pages(house)
    with _scheduler(house, 0):
        wait_until(lambda: _found(house, Message.trouble)[Trouble.SERVER_DOWN] == LETTERS)
        down = _pages(house)
    busy_post = Post(answers={f"to{n}@example.org": "451 later" for n in range(LETTERS)})
    with mail_server(busy_post, port), _scheduler(house, 1):
        wait_until(lambda: _found(house, Message.trouble)[Trouble.TRY_LATER] >= 1)
        busy = _pages(house)
    post = Post(answers={BAD: "550 no such user"})
    with mail_server(post, port), _scheduler(house, 2):
        took = wait_until(lambda: _found(house, Message.state)[MessageState.WAITING] == 0)
    slow = {name: slowest_but_few(some) for name, some in (("down", down), ("451", busy))}
    went = [to[0] for to, _raw in post.received if to[0].startswith("to")]
    with house.app.app_context(), system():
        bad = list(db.session.scalars(sa.select(FailedAddress.address)))
    figures(
        f"p95 of pages {1000 * slowest_but_few(usual):.0f} ms, while the server is down "
        f"{1000 * slow['down']:.0f} ms, busy {1000 * slow['451']:.0f} ms; "
        f"{len(went)} sent {took:.0f} s after it was well (the scheduler's start included)"
    )
    assert {answer.status for answer in (*usual, *down, *busy)} == {200}
    assert max(slow.values()) - slowest_but_few(usual) < 0.05
    assert busy_post.received == []
    assert went == [f"to{n}@example.org" for n in range(LETTERS) if f"to{n}@example.org" != BAD]
    assert bad == [BAD]
