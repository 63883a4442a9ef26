"""What scripts/run is asked to start, and whether it can be: options, port and database."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder for each user and port, made with mode 700
WEB_SERVER = (  # the load test of tests/bench starts it with the same words
    *("gunicorn", "--no-control-socket", "--graceful-timeout", "5", "--access-logfile", "-"),
    *("--keep-alive", "5"),  # a board asks every 3 seconds: on the usual 2 each poll is a new line
    # more threads hold each other up: at 1,000 viewers 6 answer in 25 ms, 16 in 1.9 s
    "--preload",  # read once and then forked: a worker that ended is there again at once
    *("--workers", "2", "--worker-class", "gthread", "--threads", "6"),
    *("--logger-class", "jobsearch.web.access_log.MaskedLogger"),
)


class Refused(Exception):
    """It cannot start; the message says why in one sentence."""


@dataclass(frozen=True)
class Plan:
    """What to start, and where."""

    port: int
    database: str
    instance: Path
    manager: str | None

    @property
    def address(self) -> str:
        """Where a browser finds the pages; browsers allow passkeys at a name, not at digits."""
        return f"http://localhost:{self.port}"

    @property
    def logs(self) -> Path:
        """Where each process writes what it has to say."""
        return self.instance / "log"

    @property
    def counts(self) -> Path:
        """Where the workers of the web server count requests together, for Prometheus.

        In memory: a worker that counts in a file of a full disk is ended by the system (SIGBUS).
        """
        place = MEMORY if os.access(MEMORY, os.W_OK) else self.instance
        return place / f"jobsearch-metrics-{os.getuid()}-{self.port}"

    def environment(self) -> dict[str, str]:
        """The program's settings, the same for every process."""
        return {
            **os.environ,
            "JOBSEARCH_DATABASE_URL": self.database,
            "JOBSEARCH_INSTANCE": str(self.instance),
            "JOBSEARCH_MODE": os.environ.get("JOBSEARCH_MODE", "demo"),
            "JOBSEARCH_BASE_URL": os.environ.get("JOBSEARCH_BASE_URL", self.address),
            "PYTHONUNBUFFERED": "1",
        }


class Options(argparse.ArgumentParser):
    """Options whose mistakes are told in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raises Refused."""
        raise Refused(f"{message[0].upper()}{message[1:]}; see scripts/run --help.")


def read_options(arguments: list[str]) -> tuple[Plan, bool]:
    """The plan, and whether it is only to be checked. Raises Refused."""
    options = Options(add_help=False, allow_abbrev=False)
    options.add_argument("--port", type=int, default=8000)
    options.add_argument("--database", metavar="URL")
    options.add_argument("--empty", action="store_true")
    options.add_argument("--manager", metavar="EMAIL")
    options.add_argument("--check", action="store_true")
    given = options.parse_args(arguments)
    if not 0 < given.port < 65536:
        raise Refused(f"There is no port {given.port}: they go from 1 to 65535.")
    if given.empty != bool(given.manager):
        raise Refused("--empty and --manager EMAIL go together: somebody has to sign in first.")
    if given.manager and "@" not in given.manager:
        raise Refused(f"{given.manager} is no e-mail address.")
    instance = Path(os.environ.get("JOBSEARCH_INSTANCE") or ROOT / "instance").resolve()
    database = given.database or os.environ.get("JOBSEARCH_DATABASE_URL")
    database = database or f"sqlite:///{instance / 'jobsearch.db'}"
    return Plan(given.port, database_url(database), instance, given.manager), given.check


def database_url(given: str) -> str:
    """The address as the program wants it. Raises Refused for other kinds of database."""
    scheme, _, rest = given.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return f"sqlite:///{Path(rest[1:]).resolve()}"
    raise Refused(
        "The database is given as postgresql://user:password@host/name or sqlite:///file."
    )


def check_port(port: int) -> None:
    """Raises Refused where nobody can listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError as error:
            told = {
                errno.EADDRINUSE: f"Port {port} is taken by another program",
                errno.EACCES: f"Port {port} is only for root",
            }.get(error.errno or 0, f"Port {port} cannot be used ({error.strerror})")
            raise Refused(f"{told}: choose another with --port.") from None


def check_database(url: str) -> None:
    """Raises Refused where the database cannot be reached; never shows its password."""
    if url.startswith("sqlite:"):
        check_file(Path(url.removeprefix("sqlite:///")))
        return
    import psycopg  # noqa: PLC0415 - before the installation there is none

    parts = urlsplit(url)
    try:
        psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=5).close()
    except psycopg.Error as error:
        reason = str(error).partition("\n")[0].removeprefix("connection failed: ")
        for secret in filter(None, (parts.password, unquote(parts.password or ""))):
            reason = reason.replace(secret, "…")
        raise Refused(f"The database {parts.path[1:]} cannot be reached: {reason}.") from None


def check_file(file: Path) -> None:
    """Raises Refused where the SQLite file cannot be written or is something else."""
    import sqlite3  # noqa: PLC0415 - some Pythons lack it, and PostgreSQL does without

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
    except (OSError, sqlite3.Error) as error:
        raise Refused(f"The database file {file} cannot be used: {error}.") from None
