"""A morning at many boards: viewers who poll, and somebody who changes something now and then."""

import asyncio
import itertools
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TypeVar
from urllib.parse import urlencode

from jobsearch.tracker.rules import SEARCH_ACTIVITIES
from tests.bench.audience import Seats
from tests.bench.browsing import Answer, Line

T = TypeVar("T")
EVERY_SECONDS = 3  # as the board's page says: hx-trigger="every 3s"
CHANGE_SECONDS = 10  # on each board, on the average
_VERSION = re.compile(r'(?:W/)?"(\d+)\.')


@dataclass
class Viewer:
    """One browser before one board."""

    line: Line
    path: str
    board: str
    tag: str = ""
    looks: list[tuple[Answer, int]] = field(default_factory=list)
    late: int = 0
    errors: list[str] = field(default_factory=list)

    async def watch(self, offset: float, over: asyncio.Event) -> None:
        """Poll on until a poll was begun after it was over."""
        try:
            await self._poll_on(monotonic() + offset, over)
        finally:
            await self.line.hang_up()

    async def _poll_on(self, due: float, over: asyncio.Event) -> None:
        while True:
            await asyncio.sleep(max(0.0, due - monotonic()))
            is_last = over.is_set()
            await self.look()
            if is_last:
                break
            due += EVERY_SECONDS
            while due < monotonic():
                self.late += 1
                due += EVERY_SECONDS

    async def look(self) -> None:
        """One poll, as the page asks it."""
        try:
            held = {"If-None-Match": self.tag} if self.tag else {}
            answer = await self.line.ask(self.path, held)
        except OSError as error:  # TimeoutError is one
            self.errors.append(repr(error))
            return
        if answer.status not in (200, 304) or (answer.status == 304 and not self.tag):
            self.errors.append(f"{self.path}: {answer.status}")
            return
        if answer.status == 200:
            self.tag = answer.tag
        found = _VERSION.match(self.tag)
        self.looks.append((answer, int(found[1]) if found else 0))


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did at a board: when it was answered, and the version it left behind."""

    board: str
    done: float
    version: int


@dataclass
class Changer:
    """The coach's laptop at one board."""

    line: Line
    seats: Seats
    token: str
    database: Path
    chance: random.Random
    changes: list[Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def work(self, over: asyncio.Event) -> None:
        """Change something at random moments until it is over."""
        for path, values in self._deeds():
            pause = self.chance.expovariate(1 / CHANGE_SECONDS)
            try:
                await asyncio.wait_for(over.wait(), pause)
                break
            except TimeoutError:
                await self._send(path, values)
        await self.line.hang_up()

    async def _send(self, path: str, values: dict[str, str]) -> None:
        address = f"/cohorts/{self.seats.cohort_id}/board/people/{path}"
        body = urlencode({"csrf_token": self.token, **values}).encode()
        before = version_of(self.database, self.seats.cohort_id)
        try:
            answer = await self.line.ask(address, {}, body)
        except OSError as error:
            self.errors.append(repr(error))
            return
        if answer.status not in (200, 303):
            self.errors.append(f"{address}: {answer.status}")
            return
        version = version_of(self.database, self.seats.cohort_id)
        if version <= before:
            self.errors.append(f"{address}: nobody is told of it")
        self.changes.append(Change(self.seats.cohort_id, answer.came, version))

    def _deeds(self) -> Iterator[tuple[str, dict[str, str]]]:
        """A goal, a turn, a thing logged and taken back, for one after the other."""
        for number in itertools.count():
            person = self.chance.choice(self.seats.enrolment_ids)
            activity = self.chance.choice(SEARCH_ACTIVITIES)
            yield f"{person}/goals/{activity}", {"count": str(5 + number % 40)}
            yield f"{person}/turn", {}
            yield f"{person}/results/{activity}", {"count": "2"}  # the crowd has one of each
            yield f"{person}/results/{activity}", {"count": "1"}


def version_of(database: Path, board: str) -> int:
    """The version of a board as the database has it."""
    with closing(sqlite3.connect(database)) as connection:
        row = connection.execute("SELECT board_version FROM cohort WHERE id = ?", (board,))
        return int(row.fetchone()[0])


@dataclass(frozen=True)
class Work:
    """What a server did in a while: CPU seconds, and answers by status; 0 stands for changes."""

    cpu: float
    answers: Counter[int]

    @property
    def each(self) -> float:
        """CPU milliseconds an answer."""
        return 1000 * self.cpu / max(1, self.answers.total())


@dataclass
class Morning:
    """All viewers and changers at one server."""

    viewers: list[Viewer]
    changers: list[Changer]
    cpu_seconds: Callable[[], float]
    chance: random.Random

    async def pass_by(
        self, beside: Callable[[], Awaitable[T]], busy: float
    ) -> tuple[Work, T, Work]:
        """Everybody comes; nothing changes while `beside` runs, then much does; returns the work.

        Whatever was changed last, everybody asks once more after it.
        """
        over, done = asyncio.Event(), asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for viewer in self.viewers:
                offset = self.chance.random() * EVERY_SECONDS
                group.create_task(viewer.watch(offset, done))
            while not all(viewer.tag or viewer.errors for viewer in self.viewers):
                await asyncio.sleep(0.1)
            calm, least = await self._during(beside())
            working = [asyncio.create_task(each.work(over)) for each in self.changers]
            lively, _ = await self._during(asyncio.sleep(busy))
            over.set()
            await asyncio.gather(*working)
            done.set()
        return calm, least, lively

    async def _during(self, something: Awaitable[T]) -> tuple[Work, T]:
        before, cpu = self._answers(), self.cpu_seconds()
        came = await something
        return Work(self.cpu_seconds() - cpu, self._answers() - before), came

    def _answers(self) -> Counter[int]:
        counted = Counter(answer.status for one in self.viewers for answer, _ in one.looks)
        counted[0] = sum(len(one.changes) for one in self.changers)
        return counted

    @property
    def changes(self) -> list[Change]:
        """All that was changed."""
        return [change for one in self.changers for change in one.changes]

    @property
    def errors(self) -> list[str]:
        """Every answer that was none."""
        return [text for one in (*self.viewers, *self.changers) for text in one.errors]
