"""An upgrade that is killed in the middle can be run again, and nothing is half done."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core.crypto import new_keyring, write_keyring
from jobsearch.core.db import Base, db
from tests.postgres import ENGINE, create_database, drop_database, server_url

ROOT = Path(__file__).parents[2]


@pytest.fixture
def address(tmp_path):
    """An empty database."""
    write_keyring(tmp_path / "keys", new_keyring())
    if ENGINE == "sqlite":
        yield f"sqlite:///{tmp_path}/m.db"
        return
    with server_url() as server:
        url = create_database(server)
        yield url
        drop_database(server, url)


# the upgrade stops for good when the given migration begins, as if it took very long
SLOW = """
import sys, time
from alembic.operations import Operations
from flask_migrate import upgrade
from jobsearch.app import create_app

made = Operations.create_table
def create_table(self, name, *parts, **more):
    if name == sys.argv[1]:
        print("there", flush=True)
        time.sleep(60)
    return made(self, name, *parts, **more)
Operations.create_table = create_table
with create_app().app_context():
    upgrade("migrations")
"""


def _tables(app) -> set[str]:
    with app.app_context():
        found = set(sa.inspect(db.engine).get_table_names())
        db.engine.dispose()
    return found


def test_an_upgrade_that_is_killed_leaves_nothing_and_can_be_run_again(address, tmp_path):
    settings = {
        "JOBSEARCH_MODE": "test",
        "JOBSEARCH_INSTANCE": str(tmp_path),
        "JOBSEARCH_DATABASE_URL": address,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, "frozen_report"],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "there\n"  # 37 of 38 are done, in one transaction
        process.send_signal(signal.SIGKILL)
    process.wait()
    app = create_app(Config(Mode.TEST, tmp_path, address, "http://x"))
    deadline = time.monotonic() + 20
    while _tables(app) - {"alembic_version"} and time.monotonic() < deadline:
        time.sleep(0.1)  # PostgreSQL notices the cut line in a moment
    assert _tables(app) <= {"alembic_version"}
    with app.app_context():
        upgrade(str(ROOT / "migrations"))
        db.engine.dispose()
    assert set(Base.metadata.tables) <= _tables(app)
