"""A permission taken back while its paper is being opened, on a real server (security.md 4.15)."""

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete
from werkzeug.serving import make_server

from jobsearch.analyses.releases import service as releases
from jobsearch.audit.models import AccessEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.hits import TryCount
from jobsearch.core.scope import whole_installation
from tests.world import NOW, Member
from tests.written import agree, begin, released, seen_by, show

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(300)]
ROUNDS = 100


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock goes on: a server waits by it."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """Where the pages are served, by threads of a real server."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def _cookie(app: Flask, member: Member) -> str:
    serializer = app.session_interface.get_signing_serializer(app)
    return f"jobsearch={serializer.dumps({'sign_in': member.secret, '_permanent': True})}"


def _get(port: int, path: str, cookie: str) -> tuple[int, bytes]:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer.status, body


def test_a_download_that_began_before_ends_whole_and_the_next_is_refused(app, port, world, as_):
    _key, release = released(as_, world)
    path, cookie = f"/inbox/{release}/analysis.pdf", _cookie(app, world.mia)
    whole = _get(port, path, cookie)[1]
    slow = socket.create_connection(("127.0.0.1", port), timeout=60)
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    slow.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
    received = slow.recv(1024)  # it has begun
    with as_(world.pia):
        releases.withdraw(world.pia.actor)
    status, body = _get(port, path, cookie)
    assert status == 404 and b"%PDF" not in body
    while chunk := slow.recv(1024):
        received += chunk
        threading.Event().wait(0.02)
    slow.close()
    head, _, paper = received.partition(b"\r\n\r\n")
    assert b"200" in head.splitlines()[0] and paper == whole
    with unit_of_work(whole_installation("test"), read_only=True):
        looks = [one.refused for one in db.session.query(AccessEntry).order_by(AccessEntry.id)]
    assert looks.count(False) == 2, "each that ended whole stands in the log"


def test_in_a_hundred_rounds_no_get_begun_after_the_withdrawal_opens(app, port, world, as_):
    key = begin(as_, world)
    show(as_, world, key)
    seen_by(as_, world.pia)
    cookie = _cookie(app, world.mia)
    opened_after, refused_after, early = 0, 0, set()
    for _ in range(ROUNDS):
        with as_(world.mia):  # so many papers nobody opens: their limit is tried elsewhere
            db.session.execute(delete(TryCount))
        path = f"/inbox/{agree(as_, world.pia)}/analysis.pdf"
        withdrawn, asked, stop = threading.Event(), threading.Event(), threading.Event()
        answers: list[tuple[bool, int]] = []

        def read(path=path, withdrawn=withdrawn, asked=asked, stop=stop, answers=answers) -> None:
            while not stop.is_set():
                after = withdrawn.is_set()  # known before the request begins
                asked.set()
                answers.append((after, _get(port, path, cookie)[0]))
                if after:
                    return

        reader = threading.Thread(target=read)
        reader.start()
        asked.wait(10)
        with as_(world.pia):
            releases.withdraw(world.pia.actor)
        withdrawn.set()
        reader.join(30)
        stop.set()
        opened_after += sum(1 for after, code in answers if after and code == 200)
        refused_after += sum(1 for after, code in answers if after and code == 404)
        early |= {code for after, code in answers if not after}
    assert (opened_after, refused_after) == (0, ROUNDS)
    assert early <= {200, 404}


def test_the_paper_is_kept_nowhere_but_in_the_store(app, port, world, as_):
    """There is no prepared file that could outlive the permission."""
    _key, release = released(as_, world)
    folder = Path(app.config["JOBSEARCH"].instance)
    before = {p for p in folder.rglob("*") if p.is_file()}
    _get(port, f"/inbox/{release}/analysis.pdf", _cookie(app, world.mia))
    after = {p for p in folder.rglob("*") if p.is_file()}
    assert not {p for p in after - before if "db" not in p.name}
