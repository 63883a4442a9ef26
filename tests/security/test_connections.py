"""Nothing leaves the machine unencrypted, and nothing is told to a server that proves nothing."""

import dataclasses
import os
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller

from jobsearch.app import create_app
from jobsearch.config import Config, ConfigRefused, is_here
from jobsearch.core.crypto import KeysMissing, new_keyring, write_keyring
from jobsearch.notices.delivery.letter import Letter
from jobsearch.notices.delivery.lines import ServerDown
from jobsearch.notices.delivery.smtp import MailServer
from jobsearch.notices.rules import Channel
from tests.outbox import free_port


def production(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Config:
    """What a production start makes of these settings."""
    for name in list(os.environ):
        if name.startswith(("JOBSEARCH_", "PGSSL")):
            monkeypatch.delenv(name)
    usual = {"MODE": "production", "BASE_URL": "https://jobs.example.org"}
    for name, value in (usual | settings).items():
        monkeypatch.setenv(f"JOBSEARCH_{name}", value)
    return Config.from_environment()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@db.example.org/jobs",
        "postgresql://u:p@db.example.org/jobs?sslmode=require",
        "postgres://u:p@10.0.0.5/jobs?sslmode=verify-ca",
        "postgresql://u:p@/jobs?host=db1:5432&host=db2:5432",
        "postgresql://u:p@localhost/jobs?host=db1",
    ],
)
def test_a_database_elsewhere_that_need_not_prove_its_name_stops_the_start(
    monkeypatch, url
) -> None:
    with pytest.raises(ConfigRefused, match="verify-full"):
        production(monkeypatch, DATABASE_URL=url)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////srv/jobs.db",
        "postgresql://u:p@localhost:5432/jobs",
        "postgresql://u@/jobs?host=/run/postgresql",
        "postgresql://u:p@db.example.org/jobs?sslmode=verify-full",
        "postgresql://u:p@/jobs?host=db1:5432&host=db2:5432&sslmode=verify-full",
    ],
)
def test_a_database_here_or_with_its_name_checked_is_started_with(monkeypatch, url) -> None:
    assert production(monkeypatch, DATABASE_URL=url).database_url


def test_plain_http_and_unknown_ways_of_mail_stop_the_start(monkeypatch) -> None:
    with pytest.raises(ConfigRefused, match="https"):
        production(monkeypatch, BASE_URL="http://jobs.example.org")
    with pytest.raises(ConfigRefused, match="STARTTLS"):
        production(monkeypatch, SMTP_URL="http://mail.example.org")


def test_this_machine_has_few_names() -> None:
    assert all(map(is_here, ("localhost", "127.0.0.1:25", "::1", "/run/postgresql", None)))
    assert not any(map(is_here, ("localhost.example.org", "127.0.0.2", "10.0.0.1", "db1:5432")))


class _Mailbox:
    def __init__(self) -> None:
        self.came: list[str] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        self.came.append(str(envelope))
        return "250 OK"


def test_a_mail_server_elsewhere_that_does_not_encrypt_gets_no_message() -> None:
    mailbox = _Mailbox()
    # another loopback address stands for another machine
    server = Controller(mailbox, hostname="127.0.0.2", port=free_port())
    server.start()
    line = MailServer(f"smtp://127.0.0.2:{server.port}")
    letter = Letter(
        "id", Channel.EMAIL, "us@example.org", "pia@example.org", "Hello", "Words", "kind",
        datetime(2026, 11, 24, tzinfo=UTC),
    )  # fmt: skip
    try:
        with pytest.raises(ServerDown, match="SMTPNotSupportedError"):
            line.open()
        with pytest.raises(AssertionError):
            line.deliver(letter)
    finally:
        line.close()
        server.stop()
    assert mailbox.came == []


def test_without_keys_or_with_keys_that_others_may_read_nothing_starts(app, tmp_path) -> None:
    config = dataclasses.replace(app.config["JOBSEARCH"], instance=tmp_path)
    with pytest.raises(KeysMissing, match="missing"):
        create_app(config)
    write_keyring(config.keys_path, new_keyring())
    config.keys_path.chmod(0o640)
    with pytest.raises(KeysMissing, match="read by others"):
        create_app(config)
