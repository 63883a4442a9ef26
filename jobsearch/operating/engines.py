"""What differs between the two databases when one is copied out as a whole, or put back."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, column, create_engine, func, inspect, select, table
from sqlalchemy.engine import URL, make_url

from jobsearch.operating.rules import Refused

# SQLite's own: whoever has a database in WAL mode open holds this byte of its -shm file
_DEADMAN = 128
_ACTIVITY = table("pg_stat_activity", column("datname"), column("pid"))


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection without the application's time limits: a whole database takes its time."""
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def is_sqlite(url: str) -> bool:
    """Whether the database is a file."""
    return make_url(url).get_backend_name() == "sqlite"


def file_of(url: str) -> Path:
    """The file of an SQLite database."""
    return Path(make_url(url).database or "").resolve()


@contextmanager
def copied(url: str, into: Path) -> Iterator[Connection]:
    """Copy the database to a file, and give a connection that sees exactly what was copied.

    The application goes on meanwhile. Raises Refused where the copy cannot be made.
    """
    if is_sqlite(url):
        _copy_file(file_of(url), into)
        with connected(f"sqlite:///{into}") as connection:
            yield connection
    else:
        with connected(url) as connection:
            connection.execution_options(isolation_level="REPEATABLE READ")
            seen = connection.scalar(select(func.pg_export_snapshot()))
            with into.open("wb") as out:
                _run(url, ["pg_dump", "-Fc", "--no-owner", f"--snapshot={seen}"], stdout=out)
            yield connection


def _copy_file(source: Path, into: Path) -> None:
    if not source.exists():
        raise Refused(f"There is no database {source}.")
    with _opened(source) as here, _opened(into) as there:
        here.backup(there)
        found = there.execute("PRAGMA integrity_check").fetchone()[0]
        there.execute("PRAGMA journal_mode=DELETE")
    if found != "ok":
        raise Refused(f"The database {source} is damaged: {found}")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        yield connection
    finally:
        connection.close()


def put_back(saved: Path, url: str) -> None:
    """Make what was saved the database at `url`, which is empty. Raises Refused."""
    if is_sqlite(url):
        target = file_of(url)
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f"{target.name}.restoring")
        shutil.copyfile(saved, new)
        new.chmod(0o600)
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(target)
    else:
        _run(url, ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", saved])


def is_empty(url: str) -> bool:
    """Whether there is nothing yet at `url` that a restored database would replace."""
    if is_sqlite(url):
        return not file_of(url).exists()
    with connected(url) as connection:
        return not inspect(connection).get_table_names()


def users_of(url: str) -> int:
    """How many others have the database open; it is not replaced under their feet."""
    if is_sqlite(url):
        return int(_is_held(file_of(url)))
    with connected(url) as connection:
        others = select(func.count()).where(
            _ACTIVITY.c.datname == func.current_database(),
            _ACTIVITY.c.pid != func.pg_backend_pid(),
        )
        return int(connection.scalar(others) or 0)


def _is_held(path: Path) -> bool:
    shared = path.with_name(f"{path.name}-shm")
    if not shared.exists():
        return False
    with shared.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _DEADMAN)
        except OSError:
            return True
    return False


def set_aside(url: str, stamp: str) -> str:
    """Keep the database that is there under another name; returns the name. Raises Refused."""
    if not is_sqlite(url):
        raise Refused(
            "That PostgreSQL database is not empty. Make an empty one (createdb), restore into it,"
            " and point JOBSEARCH_DATABASE_URL at it; the old one stays as it is."
        )
    there = file_of(url)
    for ending in ("", "-wal", "-shm"):
        part = there.with_name(there.name + ending)
        if part.exists():
            part.replace(there.with_name(f"{there.name}.{stamp}{ending}"))
    return f"{there.name}.{stamp}"


def _run(url: str, words: list[str | Path], stdout: IO[bytes] | None = None) -> None:
    """Run a program of PostgreSQL; the password travels in the environment, not in the list."""
    program = str(words[0])
    if shutil.which(program) is None:
        raise Refused(f"{program} is missing: install the package postgresql-client.")
    given = make_url(url)
    target = ["-d", _conninfo(given)]
    asked = [program, *target, *map(str, words[1:])]
    env = {**os.environ, **({"PGPASSWORD": str(given.password)} if given.password else {})}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        asked,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        told = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise Refused(f"{program}: {told[0]}")


def _conninfo(url: URL) -> str:
    """The address as PostgreSQL's programs read it, several hosts included, without password."""
    _nothing, asked = url.get_dialect()().create_connect_args(url)
    asked.pop("password", None)
    return make_conninfo("", **asked)
