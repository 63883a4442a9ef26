"""What the program writes down names nobody and opens nothing, whatever happens to it."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import SimpleNamespace

import pytest
from gunicorn.config import Config as ServerConfig
from sqlalchemy.exc import DataError, OperationalError

from jobsearch.config import Config, Mode
from jobsearch.core.logs import PlainFormatter, write_logs
from jobsearch.scheduler import jobs_of
from jobsearch.web.access_log import MaskedLogger
from tests.addresses import filled
from tests.furnished import CANARY, furnish
from tests.outbox import Post, mail_server
from tests.pages import client_of

TYPED = "a-password-that-nobody-else-has"
PIA = ("Pihlaja", "150591-902A", "FI2112345600000785", "+358400000201", "pia@example.org")


@contextmanager
def written() -> Iterator[io.StringIO]:
    """Everything that any logger of the process writes, as it is written in operation."""
    paper, root = io.StringIO(), logging.getLogger()
    line = logging.StreamHandler(paper)
    line.setFormatter(PlainFormatter())
    line.addFilter(lambda record: not record.name.startswith("mail."))  # the tests' own mail server
    level = root.level
    root.addHandler(line)
    root.setLevel(logging.INFO)
    try:
        yield paper
    finally:
        root.removeHandler(line)
        root.setLevel(level)


@lru_cache(maxsize=1)
def web_server() -> tuple[MaskedLogger, str]:
    """The web server's log as scripts/run starts it, and what its lines are made of."""
    config = ServerConfig()
    config.set("accesslog", "-")
    return MaskedLogger(config), config.access_log_format


def access_line(answer) -> str:
    """The line that the web server writes of a request."""
    server, line = web_server()
    told = SimpleNamespace(status=answer.status, sent=len(answer.data), headers=[])
    taken = SimpleNamespace(total_seconds=lambda: 1, seconds=1, microseconds=1)
    environ = {"SERVER_PROTOCOL": "HTTP/1.1", **answer.request.environ}
    asked = SimpleNamespace(headers=[])
    atoms = server.atoms_wrapper_class(server.atoms(told, asked, environ, taken))
    return line % atoms


def secrets_of(world, furnished) -> list[str]:
    """What must stand in no log."""
    signs = [member.secret for member in world.cast.values()]
    return [CANARY, TYPED, *PIA, *signs, *furnished.links.values()]


@pytest.mark.timeout(300)
def test_a_walk_through_every_address_leaves_no_word_of_anybody_in_the_logs(
    app, world, context
) -> None:
    furnished, lines = furnish(world), []
    typed = {"email": "pia@example.org", "password": TYPED, "note": CANARY, "name": "Pihlaja"}
    with written() as paper:
        for rule in app.url_map.iter_rules():
            view = app.view_functions[rule.endpoint]
            if rule.endpoint == "static" or rule.endpoint.startswith("health."):
                continue
            purpose = getattr(view, "link_purpose", None)
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **filled(rule.arguments, furnished, purpose))
            for name in ("", "pia") if purpose else ("", "aino", "stig", "paula", "pia", "mia"):
                client = client_of(app, world.cast[name] if name else None)
                if "GET" in rule.methods:
                    asked = f"{address}?q=Pihlaja&next=/x?code={TYPED}"
                    referrer = {"Referer": f"http://localhost{asked}"}
                    lines.append(access_line(client.get(asked, headers=referrer)))
                elif name in ("", "mia"):  # refusals and mistakes; good ones are below
                    lines.append(access_line(client.send(address, **typed)))
    everything = paper.getvalue() + "\n".join(lines)
    assert "answer 404 reference=" in everything and "GET /today" in everything
    told = [secret for secret in secrets_of(world, furnished) if secret in everything]
    assert not told


def test_deeds_and_sign_ins_leave_no_word_of_anybody_in_the_logs(app, world, context) -> None:
    furnished = furnish(world)
    with written() as paper:
        pia, aino, nobody = (client_of(app, m) for m in (world.pia, world.aino, None))
        assert pia.send("/job-search/log/employer_contact").status_code == 303
        pia.send("/job-search", activity="employer_contact", employer_name=CANARY, note=CANARY)
        pia.send("/my-contact", email="pia@example.org", phone="+358400000201", language="x")
        aino.send(f"/people/{world.pia.person_id}/edit", given_name=CANARY, identity_code="131052")
        for _again in range(12):
            nobody.send("/staff/sign-in", email="aino@example.org", password=TYPED)
            nobody.with_token().send("/sign-in", address="pia@example.org")
    assert not [one for one in secrets_of(world, furnished) if one in paper.getvalue()]


def test_the_schedulers_jobs_leave_no_word_of_anybody_in_the_log(
    app, world, context, tmp_path
) -> None:
    furnished = furnish(world)
    with mail_server(Post()) as url, written() as paper:
        here = "us@example.org"
        config = Config(Mode.TEST, tmp_path, "", "http://x", smtp_url=url, mail_from=here)
        closed = Config(Mode.TEST, tmp_path, "", "http://x", smtp_url="smtp://127.0.0.1:1")
        for job in (*jobs_of(closed), *jobs_of(config)):
            assert job.work()
    assert "the server does not answer" in paper.getvalue()
    assert not [one for one in secrets_of(world, furnished) if one in paper.getvalue()]


def test_a_failure_is_written_by_kind_place_and_reference_and_not_by_what_it_says(
    app, world, monkeypatch
) -> None:
    def fail() -> None:
        cause = DataError("SELECT 1", {}, Exception(f"invalid input: {CANARY}"))
        raise ValueError(f"Pihlaja {CANARY}") from cause

    monkeypatch.setitem(app.view_functions, "desk.today", fail)
    fail.gate = None  # type: ignore[attr-defined]
    with written() as paper:
        page = client_of(app, world.pia).get("/today")
    log = paper.getvalue()
    assert page.status_code == 500
    (reference,) = re.findall(r"\b[A-Z2-7]{8}\b", page.text)[:1]
    assert f"answer 500 reference={reference}" in log
    assert "ValueError" in log and "DataError" in log and "test_logs.py" in log
    assert CANARY not in log + page.text and "Pihlaja" not in log and "Traceback" not in page.text


def test_a_line_break_in_what_is_written_down_makes_no_second_line() -> None:
    with written() as paper:
        logging.getLogger("jobsearch.x").warning(
            "said %s", "a\r\n2026 INFO all is well\x1b[31m\u2028"
        )
    (line,) = paper.getvalue().splitlines()
    assert line.endswith("said a\\r\\n2026 INFO all is well\\x1b[31m\\u2028")
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 WARNING jobsearch\.x ", line)


def test_a_browser_forges_no_line_of_the_access_log(app, world) -> None:
    agent = {"User-Agent": "x\x1b]0;y\x07 \u2028z", "Authorization": "Basic cGlhOng="}
    line = access_line(client_of(app, None).get("/sign-in", headers=agent))
    assert len(line.splitlines()) == 1 and "\x1b" not in line and "pia" not in line


def test_a_request_that_is_none_is_noted_without_what_it_said(capsys) -> None:
    server = MaskedLogger(ServerConfig())
    said = "Invalid request from ip=10.0.0.1: Invalid HTTP request line: 'GET /l/SECRET x'"
    server.warning(said)
    try:
        int(CANARY)
    except ValueError:
        server.exception("Error handling request %s %s", "GET", f"/l/{CANARY}")
    log = capsys.readouterr().err
    assert "10.0.0.1" in log and "ValueError" in log
    assert "SECRET" not in log and CANARY not in log


def test_a_database_that_does_not_answer_says_why() -> None:
    error = OperationalError("SELECT 1", {}, Exception("connection refused\nDETAIL: x"))
    told = PlainFormatter().formatException((type(error), error, None))
    assert told.endswith("OperationalError: connection refused")


@pytest.fixture
def _root_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.mark.usefixtures("_root_as_it_was")
def test_web_server_and_scheduler_write_so(capsys) -> None:
    write_logs()
    logging.getLogger("jobsearch.y").info("words")
    assert re.match(r"\d{4}-.*\+00:00 INFO jobsearch\.y words\n", capsys.readouterr().err)
