"""People who log what they did, many at once, and what became of each of their forms."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import sqlalchemy as sa

from jobsearch.audit.models import AuditEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import new_key
from jobsearch.tracker.models import Action
from jobsearch.web.once import Submission
from tests.faults.house import LIMIT_SECONDS, Answer, House

TAP = "/job-search/log/employer_contact"
THREADS = 16


@dataclass
class Form:
    """One form: its key, and each answer that it got.

    0 stands for a line that broke, -1 for one that nobody took.
    """

    once: str
    answers: list[int] = field(default_factory=list)
    kept_as: str | None = None


@dataclass
class Traffic:
    """So many forms, sent by some browsers; one without a clear answer is sent again."""

    house: House
    count: int
    resends: bool = True
    browsers: int = THREADS
    forms: list[Form] = field(default_factory=list)
    pages: list[Answer] = field(default_factory=list)
    refused: list[Answer] = field(default_factory=list)
    _left: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._left = self.count
        self._browsers = [self._browser(n) for n in range(self.browsers)]

    def _browser(self, number: int) -> threading.Thread:
        return threading.Thread(target=self._browse, args=(number,), daemon=True)

    def begin(self) -> "Traffic":
        """Start sending."""
        for each in self._browsers:
            each.start()
        return self

    def stop(self) -> None:
        """Begin no more forms, and wait for those that were begun."""
        with self._lock:
            self._left = 0
        self.end()

    def end(self) -> None:
        """Wait until every form has found its end."""
        for each in self._browsers:
            each.join(4 * LIMIT_SECONDS)
            assert not each.is_alive()

    @property
    def kept(self) -> list[Form]:
        """What was acknowledged."""
        return [form for form in self.forms if form.kept_as]

    @property
    def unclear(self) -> list[Form]:
        """What was once without an answer."""
        return [form for form in self.forms if 0 in form.answers]

    def statuses(self) -> Counter[int]:
        """How often each answer came."""
        return Counter(status for form in self.forms for status in form.answers)

    def until(self, kept: int) -> None:
        """Wait until so many are acknowledged."""
        wait_until(lambda: len(self.kept) >= kept)

    def _browse(self, number: int) -> None:
        world = self.house.world
        member = (world.pia, world.otto)[number % 2]
        while self._take():
            form = Form(new_key())
            self.forms.append(form)
            deadline = time.monotonic() + LIMIT_SECONDS
            while form.kept_as is None and time.monotonic() < deadline:
                self._send(form, member)
                if not self.resends:
                    break
                if form.kept_as is None:
                    time.sleep(0.2)

    def _take(self) -> bool:
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def _send(self, form: Form, member) -> None:
        try:
            answer = self.house.post(TAP, member, form.once)
        except ConnectionRefusedError:
            form.answers.append(-1)
            return
        except (OSError, http.client.HTTPException):
            form.answers.append(0)
            return
        form.answers.append(answer.status)
        if answer.status == 303:
            form.kept_as = parse_qs(urlsplit(answer.location).query)["logged"][0]
        else:
            self.refused.append(answer)


@dataclass(frozen=True)
class Books:
    """What the database says of the forms afterwards; unsaid is what is kept without an answer."""

    lost: int
    doubled: int
    halves: int
    unsaid: int


def audit_of(traffic: Traffic) -> Books:
    """Compare what was acknowledged with what is there; a half lacks its entry in the trail."""
    with traffic.house.app.app_context():
        with unit_of_work(whole_installation("books"), read_only=True):
            stored = set(db.session.scalars(sa.select(Action.id)))
            entries = sa.select(AuditEntry.row_id).where(AuditEntry.table_name == "action")
            told = set(db.session.scalars(entries))
            spent = db.session.scalar(sa.select(sa.func.count()).select_from(Submission))
        db.engine.dispose()
    kept = [form.kept_as for form in traffic.kept]
    assert len(set(kept)) == len(kept)
    return Books(
        lost=len(set(kept) - stored),
        doubled=max(0, len(stored) - len(traffic.forms)) + abs(len(stored) - (spent or 0)),
        halves=len(stored ^ told),
        unsaid=len(stored - set(kept)),
    )


def check_whole(house: House) -> None:
    """The engine finds nothing broken, no row is without its parent, and the trail holds."""
    with house.app.app_context():
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as line:
                assert line.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
                assert line.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        db.engine.dispose()
    assert "The trail is whole." in house.command("audit", "verify")


def wait_until(holds: Callable[[], bool], seconds: float = LIMIT_SECONDS) -> float:
    """Wait until something holds; returns how long that took, and fails when it takes too long."""
    began = time.monotonic()
    while True:
        with suppress(OSError, http.client.HTTPException):
            if holds():
                return time.monotonic() - began
        assert time.monotonic() - began < seconds, "it takes too long"
        time.sleep(0.02)


def slowest_but_few(answers: list[Answer]) -> float:
    """The time within which nineteen of twenty answers came, in seconds."""
    times = sorted(answer.seconds for answer in answers)
    return times[int(len(times) * 0.95)]
