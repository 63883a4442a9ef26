"""Fixtures: an application on a real database of the engine under test, with the cast in it."""

import os

os.environ["JOBSEARCH_MODE"] = "test"

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.engine import make_url

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core.crypto import new_keyring, use_keyring, write_keyring
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.standup.following import KEPT
from tests.pages import PageClient, client_of
from tests.postgres import ENGINE, server_url, strategy_of
from tests.world import NOW, Member, World, build_world


class Bench:
    """One application and its pristine database, laid anew for each test."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self.folder, self.server = folder, server
        self.name = f"test_{secrets.token_hex(4)}"
        self.ring = new_keyring()
        write_keyring(folder / "keys", self.ring)
        config = Config(Mode.TEST, folder, self._url(), "http://localhost")
        self.orders = _line_to(server) if server else None
        self.copying = strategy_of(self.orders) if self.orders else ""
        self._order(f"CREATE DATABASE {self.name}")
        self.app = create_app(config)
        with self.app.app_context(), time_machine.travel(NOW, tick=False):
            Base.metadata.create_all(db.engine)
            with unit_of_work(whole_installation("the cast")):
                self.world = build_world()
            db.engine.dispose()
        self._order(f"ALTER DATABASE {self.name} RENAME TO {self.name}_world")
        if not server:
            shutil.copy(folder / "test.db", folder / "world.db")

    def _url(self) -> str:
        if self.server is None:
            return f"sqlite:///{self.folder}/test.db"
        url = make_url(self.server).set(database=self.name)
        return url.render_as_string(hide_password=False)

    def _order(self, *statements: str) -> None:
        if self.orders is None:
            return
        for statement in statements:
            self.orders.execute(sa.text(statement))

    def lay(self) -> None:
        """Put the pristine database in place, and the keys that it was written with."""
        use_keyring(self.ring)
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        if self.server:
            self._order(
                f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
                f"CREATE DATABASE {self.name} TEMPLATE {self.name}_world {self.copying}",
            )
            return
        for leftover in self.folder.glob("test.db*"):
            leftover.unlink()
        shutil.copy(self.folder / "world.db", self.folder / "test.db")

    def clear(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        with self.app.app_context():
            db.engine.dispose()
        for name in (self.name, f"{self.name}_world"):
            self._order(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if self.orders is not None:
            self.orders.close()
            self.orders.engine.dispose()


def _line_to(server: str) -> sa.Connection:
    """A line to the server that stays open, as each new one costs more than what is ordered."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    return engine.connect()


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The application under test, made once."""
    with ExitStack() as stack:
        server = stack.enter_context(server_url()) if ENGINE == "postgresql" else None
        made = Bench(tmp_path_factory.mktemp("instance"), server)
        yield made
        made.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is Tuesday 24.11.2026, 10.00 in Helsinki: the sixth day of Group 7."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def app(bench: Bench, clock: time_machine.Traveller) -> Flask:
    """The application with nothing but the cast in its database."""
    KEPT.clear()  # the same groups come again, in the same versions
    bench.lay()
    return bench.app


@pytest.fixture
def world(app: Flask, bench: Bench) -> World:
    """The cast."""
    return bench.world


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Member | None], PageClient]:
    """A client signed in as one of the cast: `sign_in(world.stig)`."""
    return lambda member: client_of(app, member)


@pytest.fixture
def as_(app: Flask) -> Callable[[Member], object]:
    """A unit of work as one of the cast: `with as_(world.stig): service.do(...)`."""

    def work(member: Member) -> object:
        scope = Scope(member.actor.organisation_ids, "test")
        return unit_of_work(scope, member.actor)

    return work


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An application context for tests that call services and queries."""
    with app.app_context():
        yield


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL that the test caused, for counting."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)
