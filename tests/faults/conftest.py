"""Installations that may be broken: each test gets one of its own, on SQLite or PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.house import House, furnish, move_in
from tests.postgres import ThrowAwayServer

DURABLE = {"fsync": "on", "full_page_writes": "on"}
"""What a server of an installation does; `synchronous_commit` the program sees to itself."""
_FIGURES: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured, whether it holds or not."""
    if _FIGURES:
        terminalreporter.section("Faults")
        for line in _FIGURES:
            terminalreporter.line(line)


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says what a test measured, at the end of the run."""
    return lambda line: _FIGURES.append(f"{request.node.name}: {line}")


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished SQLite installation that is copied, never used."""
    folder = tmp_path_factory.mktemp("seed")
    furnish(folder, f"sqlite:///{folder}/seed.db")
    return folder


@contextmanager
def _cluster(**settings: str) -> Iterator[ThrowAwayServer]:
    server = ThrowAwayServer.start(**{**DURABLE, **settings})
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def cluster() -> Iterator[ThrowAwayServer]:
    """A PostgreSQL of the test's own, that may be killed."""
    with _cluster() as server:
        yield server


@pytest.fixture
def sqlite_house(seed: Path, tmp_path: Path) -> Iterator[House]:
    """An installation on SQLite, its doors still closed."""
    folder = tmp_path / "house"
    made = move_in(seed, folder, f"sqlite:///{folder}/jobsearch.db")
    yield made
    made.kill()


@pytest.fixture
def postgres_house(cluster: ThrowAwayServer, tmp_path: Path) -> Iterator[House]:
    """An installation on PostgreSQL, its doors still closed."""
    furnish(tmp_path / "seed", cluster.url())
    made = move_in(tmp_path / "seed", tmp_path / "house", cluster.url())
    yield made
    made.kill()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest) -> House:
    """An installation on each engine in turn."""
    name = "sqlite_house" if request.param == "sqlite" else "postgres_house"
    made: House = request.getfixturevalue(name)
    return made


@pytest.fixture
def opened(house: House) -> Iterator[House]:
    """The same with open doors."""
    with ExitStack() as stack:
        stack.callback(house.kill)
        house.open_doors()
        yield house
