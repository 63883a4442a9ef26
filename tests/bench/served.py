"""The product and the least application as they are served: by the house's own web server."""

import os
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

from flask import Flask

from jobsearch.app import create_app
from jobsearch.config import Config
from jobsearch.core import clock
from scripts.plan import HOST, ROOT, WEB_SERVER
from tests.bench.limit_app import limit_app
from tests.world import NOW

PATIENCE_SECONDS = 60
OPEN_FILES = 4096  # a thousand viewers, each with a line of her own
_TICKS = os.sysconf("SC_CLK_TCK")


class MovedClock(datetime):
    """It was the moment of the cast when the server started, and time goes on."""

    began = time.time()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The time of the cast."""
        return cls.fromtimestamp(NOW.timestamp() + time.time() - cls.began, tz)


def product() -> Flask:
    """What the web server serves: the product, in the time of the cast."""
    clock.datetime = MovedClock  # type: ignore[attr-defined]
    return create_app(Config.from_environment())


def limit() -> Flask:
    """What the web server serves beside it: the least application."""
    return limit_app(Path(os.environ["LIMIT_DATABASE"]))


@dataclass(frozen=True)
class Server:
    """A web server that answers, with its workers."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def cpu_seconds(self) -> float:
        """What it has worked so far, all its processes together."""
        main = self.process.pid
        workers = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return sum(_worked(int(each)) for each in (main, *workers))


def _worked(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def served(name: str, folder: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """`product` or `limit` on a port of its own, for as long as the block runs."""
    _allow_lines()
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    counts = folder / f"{name}-metrics"
    counts.mkdir()
    environment = {**os.environ, **settings, "PROMETHEUS_MULTIPROC_DIR": str(counts)}
    command = (*WEB_SERVER, "--bind", f"{HOST}:{port}", f"tests.bench.served:{name}()")
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(port, process, log)
        yield Server(port, process, log)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def _allow_lines() -> None:
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(most, OPEN_FILES)
    if few < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when it answers, whatever it says."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}/hello", timeout=5).close()
        except urllib.error.HTTPError as answered:
            answered.close()
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text()[-4000:])
