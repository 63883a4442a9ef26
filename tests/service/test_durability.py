"""What is acknowledged is kept: each connection is asked for it, and a weak database is refused."""

import sqlite3

import psycopg
import pytest
import sqlalchemy as sa

from jobsearch.app import create_app
from jobsearch.config import Config, ConfigRefused, Mode
from jobsearch.core.db import READ_ONLY, db
from jobsearch.core.manners import teach_sqlite
from jobsearch.starting import check_start
from tests.postgres import ENGINE

on_sqlite = pytest.mark.skipif(ENGINE != "sqlite", reason="about SQLite")
on_postgresql = pytest.mark.skipif(ENGINE != "postgresql", reason="about PostgreSQL")
pytestmark = pytest.mark.usefixtures("context")


def _asked_of_pooled_lines(*questions: str) -> set[tuple[object, ...]]:
    """What five connections answer that have gone back to the pool and come out of it again."""
    for _round in range(2):
        reading = {READ_ONLY: True}
        lines = [db.engine.connect().execution_options(**reading) for _ in range(5)]
        answers = {
            tuple(line.exec_driver_sql(one).scalar_one() for one in questions) for line in lines
        }
        for line in lines:
            line.close()
    return answers


@on_sqlite
def test_every_pooled_connection_waits_for_the_disk_and_checks_foreign_keys(world) -> None:
    named = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    assert _asked_of_pooled_lines(*(f"PRAGMA {one}" for one in named)) == {("wal", 2, 1, 1)}


@on_sqlite
def test_a_file_that_can_have_no_write_ahead_log_is_refused() -> None:
    line = sqlite3.connect(":memory:")  # as on a network disk, SQLite takes another way in silence
    with pytest.raises(ConfigRefused, match="journal_mode is memory"):
        teach_sqlite(line)
    line.close()


class _Careless(sqlite3.Connection):
    """A connection on which one order is not followed."""

    ignored = ""

    def execute(self, order: str, *values: object) -> sqlite3.Cursor:
        return super().execute("SELECT 1" if order == self.ignored else order, *values)


@on_sqlite
@pytest.mark.parametrize(
    ("weaker", "told"),
    [
        ("PRAGMA synchronous=NORMAL", "synchronous is 1"),
        ("PRAGMA synchronous=OFF", "synchronous is 0"),
        ("PRAGMA foreign_keys=OFF", "foreign_keys is 0"),
        ("PRAGMA journal_mode=DELETE", "journal_mode is delete"),
        ("PRAGMA secure_delete=OFF", "secure_delete is 0"),
    ],
)
def test_a_connection_with_weaker_manners_is_refused(tmp_path, weaker: str, told: str) -> None:
    line = sqlite3.connect(tmp_path / "weak.db", factory=_Careless)
    line.execute(weaker)
    name = weaker.partition("=")[0].removeprefix("PRAGMA ")
    meant = {"synchronous": "FULL", "journal_mode": "WAL"}
    line.ignored = f"PRAGMA {name}={meant.get(name, 'ON')}"
    with pytest.raises(ConfigRefused, match=told):
        teach_sqlite(line)
    line.close()


@on_postgresql
def test_every_pooled_connection_waits_for_the_log_although_the_server_does_not(world) -> None:
    url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as plain:
        assert plain.execute("SHOW synchronous_commit").fetchone() == ("off",)
    assert _asked_of_pooled_lines("SHOW synchronous_commit") == {("on",)}


@on_postgresql
def test_a_stronger_wish_of_the_server_is_left_alone(world) -> None:
    name = db.engine.url.database
    with db.engine.connect() as line:
        line.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = remote_apply")
        line.commit()
    db.engine.dispose()
    assert _asked_of_pooled_lines("SHOW synchronous_commit") == {("remote_apply",)}


@on_postgresql
def test_production_refuses_a_server_that_a_power_cut_destroys(app, world) -> None:
    tried = app.config["JOBSEARCH"]
    made = create_app(Config(Mode.PRODUCTION, tried.instance, tried.database_url, "https://x"))
    with made.app_context(), db.engine.begin() as line:
        line.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        line.exec_driver_sql("INSERT INTO alembic_version VALUES ('9999')")
    with pytest.raises(ConfigRefused, match="fsync off"):
        check_start(made)


@on_postgresql
def test_a_statement_of_a_silent_server_ends_with_its_line(world) -> None:
    with db.engine.connect() as line:
        line.connection.driver_connection.patience = 0.2
        with pytest.raises(sa.exc.OperationalError, match="does not answer") as told:
            line.exec_driver_sql("SELECT pg_sleep(5)")
        assert told.value.connection_invalidated
