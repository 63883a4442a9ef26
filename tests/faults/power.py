"""A machine whose power goes: its disk then holds what somebody waited for, and nothing else."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.house import House
from tests.postgres import ThrowAwayServer

SOURCE = Path(__file__).with_name("durable.c")
_FLAGS = ("-O2", "-shared", "-fPIC")


@contextmanager
def compiled() -> Iterator[Path | None]:
    """The library of durable.c, where PostgreSQL's own user reads it; None without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="jobsearch-durable-") as folder:
        library = Path(folder) / "durable.so"
        subprocess.run([compiler, *_FLAGS, "-o", library, SOURCE, "-ldl"], check=True)
        for place in (library.parent, library):
            place.chmod(0o755)
        yield library


@dataclass
class Machine(ABC):
    """A house whose database is on such a disk."""

    house: House
    library: Path

    @abstractmethod
    def switch_on(self) -> None:
        """Start the database from what is on the disk."""

    def open_doors(self) -> None:
        """Start the web server too."""
        self.house.open_doors()

    @abstractmethod
    def cut(self) -> None:
        """The power goes: everybody ends at once, and the disk holds what was waited for."""

    @property
    @abstractmethod
    def kept(self) -> Path:
        """What the disk holds."""

    @property
    def written_at(self) -> int:
        """When something was last written on the disk, in nanoseconds."""
        return max(file.stat().st_mtime_ns for file in self.kept.rglob("*"))

    def _check_loaded(self, process: int) -> None:
        """Where it cannot be loaded, the system says a word about it and goes on without."""
        assert self.library.name in Path(f"/proc/{process}/maps").read_text()

    def _watching(self, used: Path, kept: Path) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self.library),
            "DURABLE_FROM": str(used),
            "DURABLE_TO": str(kept),
        }


class SqliteMachine(Machine):
    """SQLite: the database and its log in a folder of the house."""

    @property
    def kept(self) -> Path:
        """A folder beside the house."""
        return self.house.folder.with_name("kept")

    def _files(self, folder: Path) -> list[Path]:
        return list(folder.glob("jobsearch.db*"))

    def switch_on(self) -> None:
        """As ever, but whoever waits for the disk writes on it."""
        self.kept.mkdir(exist_ok=True)
        for file in self._files(self.house.folder):
            shutil.copy2(file, self.kept)
        self.house.settings.update(self._watching(self.house.folder, self.kept))

    def open_doors(self) -> None:
        """It is the web server that writes."""
        super().open_doors()
        assert self.house.process is not None
        self._check_loaded(self.house.process.pid)

    def cut(self) -> None:
        """Kill, and put back what the disk holds."""
        self.house.kill()
        for name in ("LD_PRELOAD", "DURABLE_FROM", "DURABLE_TO"):
            self.house.settings.pop(name)
        for file in self._files(self.house.folder):
            file.unlink()
        for file in self._files(self.kept):
            shutil.move(file, self.house.folder)


@dataclass
class PostgresMachine(Machine):
    """PostgreSQL: its whole folder."""

    cluster: ThrowAwayServer

    @property
    def kept(self) -> Path:
        """A folder beside the cluster's."""
        return self.cluster.folder / "kept"

    def _copy(self, source: Path, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, symlinks=True)
        if self.cluster.run_as:
            for place in (target, *target.rglob("*")):
                os.chown(place, self.cluster.run_as["user"], self.cluster.run_as["group"])

    def switch_on(self) -> None:
        """As ever, but whoever waits for the disk writes on it."""
        if (self.cluster.data / "postmaster.pid").exists():
            self.cluster.run("pg_ctl", "-D", self.cluster.data, "-m", "fast", "-w", "stop")
            # its log in small files: they are copied whole
            self.cluster.run("pg_resetwal", "-D", self.cluster.data, "--wal-segsize=1")
        self._copy(self.cluster.data, self.kept)
        self.cluster.environment = self._watching(self.cluster.data, self.kept)
        self.cluster.begin()
        self._check_loaded(postmaster_of(self.cluster))

    def cut(self) -> None:
        """Kill both, and put back what the disk holds."""
        kill_server(self.cluster)
        self.house.kill()
        self._copy(self.kept, self.cluster.data)
        (self.cluster.data / "postmaster.pid").unlink(missing_ok=True)
        self.cluster.environment = {}


def postmaster_of(server: ThrowAwayServer) -> int:
    """The first of PostgreSQL's processes."""
    return int((server.data / "postmaster.pid").read_text().split()[0])


def kill_server(server: ThrowAwayServer) -> None:
    """End PostgreSQL with all its processes, at once."""
    postmaster = postmaster_of(server)
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for process in (postmaster, *map(int, children)):
        os.kill(process, signal.SIGKILL)
    while Path(f"/proc/{postmaster}").exists():
        time.sleep(0.01)
    (server.data / "postmaster.pid").unlink(missing_ok=True)
