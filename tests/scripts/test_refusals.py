"""What is unsafe stops the start, with a sentence that says what to change."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import stamp

from jobsearch.app import create_app
from jobsearch.config import Config, ConfigRefused, Mode
from jobsearch.core.crypto import KeysMissing, new_keyring, write_keyring
from jobsearch.core.db import db
from jobsearch.starting import check_start

ROOT = Path(__file__).resolve().parents[2]
SAFE = {"JOBSEARCH_MODE": "production", "JOBSEARCH_BASE_URL": "https://jobs.example.org"}
Begin = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A folder with keys, as `python -m jobsearch.keys` makes it."""
    write_keyring(tmp_path / "instance" / "keys", new_keyring())
    return tmp_path / "instance"


@pytest.fixture
def begin(instance: Path) -> Begin:
    """Starts the scheduler, as the shortest way to a whole start, in production."""

    def run(module: str = "jobsearch.scheduler", **settings: str) -> Any:
        return subprocess.run(
            [sys.executable, "-m", module],
            env={"PATH": "/usr/bin:/bin", "JOBSEARCH_INSTANCE": str(instance), **SAFE, **settings},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"JOBSEARCH_BASE_URL": "http://jobs.example.org"}, "Production is served over https"),
        ({"JOBSEARCH_MODE": "debug"}, "JOBSEARCH_MODE is 'debug'; it is one of"),
        ({"FLASK_DEBUG": "1"}, "take FLASK_DEBUG out of the environment"),
        ({"JOBSEARCH_PROXIES": "all"}, "JOBSEARCH_PROXIES is 'all'"),
        ({"JOBSEARCH_PROXIES": "-1"}, "JOBSEARCH_PROXIES is '-1'"),
        ({"JOBSEARCH_FILES_MB": "lots"}, "JOBSEARCH_FILES_MB is 'lots'"),
        ({"JOBSEARCH_FILES_MB": "0"}, "JOBSEARCH_FILES_MB is '0'"),
        ({"JOBSEARCH_METRICS_TOKEN": "secret"}, "JOBSEARCH_METRICS_TOKEN has 16 characters"),
        ({"JOBSEARCH_SMS_URL": "http://sms.example.org"}, "set JOBSEARCH_SMS_URL to https"),
        ({"JOBSEARCH_SMS_FIELDS": "[]"}, "JOBSEARCH_SMS_FIELDS is a JSON object"),
    ],
)
def test_settings_that_are_unsafe_are_refused(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], told: str
) -> None:
    for name, value in {**SAFE, **settings}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigRefused, match=re.escape(told)):
        Config.from_environment()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"JOBSEARCH_BASE_URL": "http://jobs.example.org"}, "Production is served over https"),
        ({}, "The database has no tables yet; make them with: flask --app wsgi db upgrade"),
    ],
)
def test_a_start_that_is_refused_ends_with_one_sentence(
    begin: Begin, settings: dict[str, str], told: str
) -> None:
    done = begin(**settings)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_keys_that_others_can_read_are_refused(instance: Path) -> None:
    (instance / "keys").chmod(0o640)
    with pytest.raises(KeysMissing, match="can be read by others; run: chmod 600"):
        create_app(_config(instance))


def test_a_start_without_keys_is_refused(instance: Path) -> None:
    (instance / "keys").unlink()
    with pytest.raises(KeysMissing, match=r"make it with: python -m jobsearch\.keys"):
        create_app(_config(instance))


def _config(instance: Path, url: str = "") -> Config:
    where = url or f"sqlite:///{instance}/jobsearch.db"
    return Config(Mode.PRODUCTION, instance, where, "https://jobs.example.org")


@contextmanager
def _stamped(instance: Path, revision: str) -> Iterator[Flask]:
    app = create_app(_config(instance))
    with app.app_context():
        stamp(str(ROOT / "migrations"), revision=revision)
        db.engine.dispose()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_program_that_is_newer_than_its_tables_does_not_begin_to_serve(
    begin: Begin, instance: Path
) -> None:
    with _stamped(instance, "0037"):
        done = begin("wsgi")
    assert done.returncode == 1
    assert "The database stands at 0037, and this version of the program needs" in done.stderr
    assert "Make a backup, then: flask --app wsgi db upgrade" in done.stderr


def test_tables_of_a_newer_version_are_no_obstacle(
    instance: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with _stamped(instance, "head") as app:
        with app.app_context(), db.engine.begin() as line:
            line.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        assert check_start(app) is app
    assert "which is newer than this program" in caplog.text


def test_a_database_that_is_away_lets_the_pages_start_and_say_so(
    instance: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(_config(instance, "postgresql+psycopg://nobody@127.0.0.1:9/none"))
    assert check_start(app) is app
    assert "does not answer yet" in caplog.text
