"""An installation as it stands on a machine: a database with the cast in it, keys, a web server."""

import http.client
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import time_machine
from flask import Flask
from flask_migrate import stamp
from itsdangerous import URLSafeTimedSerializer

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core.crypto import new_keyring, write_keyring
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import whole_installation
from scripts.plan import HOST, ROOT, WEB_SERVER, Plan
from tests.faults.serving import SHIFT
from tests.outbox import free_port
from tests.world import NOW, Member, World, build_world

LIMIT_SECONDS = 30
"""Nothing here is waited for longer."""
_TOKEN = "a" * 40


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took."""

    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float

    @property
    def location(self) -> str:
        """Where it leads."""
        return self.headers.get("Location", "")


@dataclass
class House:
    """One installation and its web server."""

    folder: Path
    url: str
    world: World
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.app: Flask = create_app(self.config)
        self.began = time.time()
        self.log = self.folder / "web.log"

    @property
    def config(self) -> Config:
        """Its settings, as far as the tests need them in their own process."""
        return Config(Mode.TEST, self.folder, self.url, f"http://{HOST}:{self.port}")

    @property
    def counts(self) -> Path:
        """Where its workers count requests."""
        return Plan(self.port, self.url, self.folder, None).counts

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process of it."""
        return {
            **os.environ,
            "JOBSEARCH_MODE": "test",
            "JOBSEARCH_INSTANCE": str(self.folder),
            "JOBSEARCH_DATABASE_URL": self.url,
            "JOBSEARCH_BASE_URL": f"http://{HOST}:{self.port}",
            "PROMETHEUS_MULTIPROC_DIR": str(self.counts),
            "PYTHONUNBUFFERED": "1",
            SHIFT: str(NOW.timestamp() - self.began),
            **self.settings,
        }

    def open_doors(self) -> float:
        """Start the web server as scripts/run does; returns the seconds until it answers.

        Where other programs had the machine at the same time, those that it worked itself.
        """
        began = time.monotonic()
        bind = ("--bind", f"{HOST}:{self.port}", "tests.faults.serving:app")
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *WEB_SERVER, *bind],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while time.monotonic() - began < LIMIT_SECONDS:
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            with suppress(OSError, http.client.HTTPException):
                if self.get("/health").status == 200:
                    break
            time.sleep(0.02)
        return min(time.monotonic() - began, worked(self.process.pid))

    def kill(self) -> None:
        """End the web server with all its workers, at once."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            shutil.rmtree(self.counts, ignore_errors=True)

    def headers(self, member: Member | None, **more: str) -> dict[str, str]:
        """What the member's browser sends."""
        asks = {"Accept-Language": "fi", **more}
        if member is not None:
            serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
            values = {"csrf_token": _TOKEN, "sign_in": member.secret, "_permanent": True}
            name = self.app.config["SESSION_COOKIE_NAME"]
            asks["Cookie"] = f"{name}={serializer.dumps(values)}"
        return asks

    def get(self, path: str, member: Member | None = None) -> Answer:
        """One page."""
        return self._ask("GET", path, self.headers(member), None)

    def post(self, path: str, member: Member, once: str, **form: str) -> Answer:
        """One form, with its token and its key."""
        body = urlencode({"csrf_token": self.token, "_once": once, **form}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, {**self.headers(member), **kind}, body)

    def upload(self, path: str, member: Member, once: str, name: str, content: bytes) -> Answer:
        """One form with a file in its field `file`."""
        between = "bounds-of-parts"
        fields = {"csrf_token": self.token, "_once": once}
        parts = [
            f'--{between}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        head = f'--{between}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        kind = "Content-Type: application/pdf\r\n\r\n"
        body = "".join(parts).encode() + (head + kind).encode() + content
        body += f"\r\n--{between}--\r\n".encode()
        kinds = {"Content-Type": f"multipart/form-data; boundary={between}"}
        return self._ask("POST", path, {**self.headers(member), **kinds}, body)

    @property
    def token(self) -> str:
        """What every form carries."""
        serializer = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token")
        return str(serializer.dumps(_TOKEN))

    def _ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        began = time.monotonic()
        line = http.client.HTTPConnection(HOST, self.port, timeout=LIMIT_SECONDS)
        try:
            line.request(method, path, body, dict(headers))
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            line.close()
        return Answer(answer.status, answer.headers, text, time.monotonic() - began)

    def command(self, *words: str) -> str:
        """What one of the program's commands prints. Raises where it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def worked(process: int) -> float:
    """The seconds that a process has had the machine, its children's beside them."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    spent = 0
    for each in (process, *children):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


def furnish(folder: Path, url: str) -> None:
    """Make keys, tables and the cast in an empty database; who they are is kept beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    write_keyring(folder / "keys", new_keyring())
    app = create_app(Config(Mode.TEST, folder, url, "http://localhost"))
    with app.app_context(), time_machine.travel(NOW, tick=False):
        Base.metadata.create_all(db.engine)
        stamp(str(ROOT / "migrations"))
        with unit_of_work(whole_installation("the cast")):
            world = build_world()
        db.engine.dispose()
    (folder / "world").write_bytes(pickle.dumps(world))


def move_in(seed: Path, folder: Path, url: str, **settings: str) -> House:
    """A house with the keys and, on SQLite, a copy of the database that was furnished."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("keys", "seed.db"):
        if (seed / name).exists():
            shutil.copy2(seed / name, folder / name.replace("seed", "jobsearch"))
    return House(folder, url, pickle.loads((seed / "world").read_bytes()), dict(settings))
