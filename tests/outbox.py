"""A real mail server and a real gateway of text messages, for tests of what leaves the house."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller

from jobsearch.config import Config
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.notices.delivery.lines import Line
from jobsearch.notices.jobs import send_waiting
from jobsearch.notices.models import Message
from jobsearch.notices.rules import Channel, Recipient, TextKind

NEWS = TextKind(
    "test.news",
    subject="News for %(name)s",
    body="Hello %(name)s.\n\nLook here: %(link)s",
    sms="Look here: %(link)s",
    title="News",
)
TIP = TextKind(
    "test.tip",
    subject="A tip",
    body="Hello %(name)s. A tip: %(link)s",
    sms="A tip: %(link)s",
    title="A tip now and then",
    optional=True,
)
CODE = TextKind(
    "test.code", subject="Your code", body="It is %(code)s.", sms="It is %(code)s.", always=True
)
KINDS = (NEWS, TIP, CODE)
LINK = {"link": "https://jobs.example.org/x"}


def pia(world: Any, **changes: Any) -> Recipient:
    """Pia, by e-mail and phone."""
    known = {
        "email": "pia@example.org",
        "phone": "+358400000201",
        "language": "en",
        "subject_id": world.pia.person_id,
        "name": "Pia",
    }
    return Recipient(**{**known, **changes})


def system() -> Any:
    """The system's own unit of work."""
    return unit_of_work(whole_installation("test"))


def went(config: Config, lines: Mapping[Channel, Line] | None = None) -> str:
    """Send what waits, and say in short what became of it."""
    outcome = send_waiting(config, lines)
    assert isinstance(outcome, Outcome)  # it reads in every language
    counts = sorted(outcome.gaps.items())
    return ", ".join(f"{state}: {n}" for state, n in counts if n) or "nothing waited"


def messages() -> list[Message]:
    """Every message, oldest first."""
    with system():
        return list(db.session.query(Message).order_by(Message.created_at, Message.id))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Post:
    """What a mail server received, and how it answers: code by address, or what it does first."""

    received: list[tuple[list[str], bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    data_answers: list[str] = field(default_factory=list)
    slow_seconds: float = 0

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take or refuse an address."""
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep what came; then answer, or hang up before the answer."""
        await asyncio.sleep(self.slow_seconds)
        answer = self.data_answers.pop(0) if self.data_answers else "250 OK"
        if answer.startswith("250") or answer == "cut":
            self.received.append((list(envelope.rcpt_tos), bytes(envelope.content)))
        if answer == "cut":
            server.transport.abort()
        return answer


@contextmanager
def mail_server(post: Post, port: int | None = None) -> Iterator[str]:
    """A mail server on this machine; gives its address."""
    port = port or free_port()
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        server.stop()


@dataclass
class Asked:
    """One request that a gateway got."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Desk:
    """What a gateway was asked, and the answers that it gives, the last one for ever."""

    answers: list[tuple[int, Any]] = field(default_factory=lambda: [(200, {"id": "gw-1"})])
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def sms_gateway(desk: Desk) -> Iterator[str]:
    """A gateway of text messages on this machine; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            desk.asked.append(Asked(self.path, dict(self.headers), body))
            status, answer = desk.answers[0] if len(desk.answers) == 1 else desk.answers.pop(0)
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_values: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/send"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
