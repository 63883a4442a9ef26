"""What is measured: a crowd of 300 groups beside the cast alone, and the least applications."""

import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core.crypto import new_keyring, write_keyring
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.bench.crowd import Crowd, build_crowd
from tests.bench.deeds import Product
from tests.bench.instrument import measure
from tests.bench.limit_app import fill
from tests.bench.limits import TIMES
from tests.bench.programme import build_programme
from tests.world import NOW

GROUPS = 300
_REPORT: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured, whether it holds or not."""
    if _REPORT:
        terminalreporter.section("Speed")
        for line in _REPORT:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def report() -> Callable[[str], None]:
    """Says a line at the end of the run."""
    return _REPORT.append


def _build(folder: Path, name: str, build: Callable[[], object]) -> None:
    url = f"sqlite:///{folder}/{name}.db"
    app = create_app(Config(Mode.TEST, folder, url, "http://localhost"))
    with app.app_context(), time_machine.travel(NOW, tick=False):
        Base.metadata.create_all(db.engine)
        with unit_of_work(whole_installation("the crowd")):
            made = build()
        db.engine.dispose()
    (folder / name).write_bytes(pickle.dumps(made))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The databases of the crowd, of a few, and of the limit, with one key file."""
    made = tmp_path_factory.mktemp("speed")
    write_keyring(made / "keys", new_keyring())
    fill(made / "limit.db")
    _build(made, "crowd", lambda: build_crowd(GROUPS))
    _build(made, "few", lambda: build_crowd(0))
    _build(made, "searched", build_programme)
    return made


def _product(folder: Path, name: str) -> Iterator[Product]:
    # a copy: what the tests do must not be in the way of what is measured
    shutil.copy(folder / f"{name}.db", folder / f"{name}-counted.db")
    url = f"sqlite:///{folder}/{name}-counted.db"
    app = create_app(Config(Mode.PRODUCTION, folder, url, "https://localhost"))
    crowd: Crowd = pickle.loads((folder / name).read_bytes())
    with time_machine.travel(NOW, tick=False):
        yield Product(app, crowd)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def product(folder: Path) -> Iterator[Product]:
    """The application over the crowd."""
    yield from _product(folder, "crowd")


@pytest.fixture
def few(folder: Path) -> Iterator[Product]:
    """The application over the few groups that the crowd has beside the 300."""
    yield from _product(folder, "few")


class Counted:
    """What was asked of the database, and how often something was made true."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.commits = 0


@contextmanager
def counting(product: Product) -> Iterator[Counted]:
    """Count what the block asks of the product's database."""
    counted = Counted()

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.statements.append(statement)

    def commit(_conn: object) -> None:
        counted.commits += 1

    with product.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    sa.event.listen(engine, "commit", commit)
    yield counted
    sa.event.remove(engine, "before_cursor_execute", note)
    sa.event.remove(engine, "commit", commit)


@pytest.fixture
def counted() -> Callable[[Product], object]:
    """`with counted(product) as asked:` counts what the block asks."""
    return counting


@pytest.fixture(scope="session")
def cost(folder: Path) -> dict[str, float]:
    """What each deed costs, the limits among them, all in one run."""
    return measure(folder, TIMES)
