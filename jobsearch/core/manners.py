"""How a database has to behave so that what was acknowledged is kept, asked of each connection."""

import sqlite3
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout
from sqlalchemy.engine import make_url

from jobsearch.config import ConfigRefused

_Result = TypeVar("_Result")

PATIENCE_SECONDS = 8.5
"""How long the other end may be silent; the server itself ends a statement after eight."""
PING_SECONDS = 2.0
"""How long it may be silent when it is only asked whether it is there."""
_REMEMBERED_SECONDS = 10
_SHORT_SECONDS = 2  # the least that the driver knows
_silent_at = [float("-inf")]

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses acknowledged writes when the power goes
    "foreign_keys=ON",
    "secure_delete=ON",  # what was deleted is overwritten where it stood
    "busy_timeout=10000",
    "temp_store=MEMORY",
    "cache_size=-16000",
)
# what each has to be after it was asked for: SQLite keeps silent when it does something else
_SQLITE: dict[str, set[object]] = {
    "journal_mode": {"wal"},
    "synchronous": {2, 3},
    "foreign_keys": {1},
    "secure_delete": {1},
}
_DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'"
)


class PatientConnection(psycopg.Connection[Any]):
    """A line to PostgreSQL that nobody waits at for ever.

    The server's own limits do not help when it is the server that has fallen silent: a machine
    that is gone, a network that swallows everything, a process that was stopped.
    """

    patience: float | None = PATIENCE_SECONDS

    def wait(
        self, gen: PQGen[_Result], interval: float = 0.1, timeout: float | None = None
    ) -> _Result:
        """Wait for an answer. Raises OperationalError, and ends the line, when none comes."""
        if timeout is None and self.patience is not None:
            timeout = PING_SECONDS if self.autocommit else self.patience
        try:
            return super().wait(gen, interval, timeout)
        except _WaitTimeout as silent:
            self.pgconn.finish()
            raise psycopg.OperationalError("the database server does not answer") from silent


def connect_patiently(words: Any, settings: dict[str, Any]) -> PatientConnection:
    """A new line to PostgreSQL.

    Who comes after somebody has waited in vain waits for a shorter while: else those who stand in
    line would wait for each other.
    """
    if monotonic() - _silent_at[0] < _REMEMBERED_SECONDS:
        settings = {**settings, "connect_timeout": _SHORT_SECONDS}
    try:
        return PatientConnection.connect(*words, **settings)
    except psycopg.errors.ConnectionTimeout:
        _silent_at[0] = monotonic()
        raise


def teach_sqlite(connection: sqlite3.Connection) -> None:
    """Put a fresh connection in order. Raises ConfigRefused where the file cannot be kept so."""
    connection.isolation_level = None  # we say BEGIN ourselves, see core.db
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    for name, allowed in _SQLITE.items():
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found not in allowed:
            raise ConfigRefused(
                f"SQLite does not keep or erase here as it has to ({name} is {found}): put the "
                "database on a disk of this machine, or use PostgreSQL."
            )


def sweep_sqlite(connection: sqlite3.Connection) -> bool:
    """Write the file anew and empty its log, so that no byte of what was erased stays in them.

    Overwriting is not enough: where SQLite moves a row within a page, its old place may keep a
    copy, and the log keeps pages of before. False when others were in the way for too long.
    """
    try:
        connection.execute("VACUUM")
        busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy


def teach_postgresql(connection: psycopg.Connection[Any]) -> None:
    """Have a fresh connection wait until a change is on the disk, whatever the server is told."""
    before, connection.autocommit = connection.autocommit, True
    connection.execute(_DURABLE)
    connection.autocommit = before


def engine_options(url: str) -> dict[str, Any]:
    """How connections to this database are made and kept."""
    hidden = {"hide_parameters": True}  # a failure is logged with its statement, not with people
    if make_url(url).get_backend_name() == "sqlite":
        return {**hidden, "connect_args": {"timeout": 10}}
    limits = "-c statement_timeout=8000 -c timezone=UTC -c lock_timeout=7000"
    return {
        **hidden,
        "pool_pre_ping": True,
        "pool_size": 16,
        "pool_recycle": 1800,
        "connect_args": {"connect_timeout": 4, "options": limits},
    }
