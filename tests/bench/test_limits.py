"""What the pages and papers cost beside the least work of the same kind, measured in one run."""

import pickle
import shutil
import sys
from pathlib import Path

import pytest
import time_machine

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core.crypto import new_keyring, write_keyring
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.bench.crowd import build_crowd
from tests.bench.instrument import is_exact, measure
from tests.bench.limit_app import fill
from tests.world import NOW

GROUPS = 60
SLACK = 1.03
TIMES = {
    "hello": 5, "board_core": 5, "poll_304": 5, "log_core": 5, "canvas payslip": 3,
    "board": 5, "board poll": 5, "participant's day": 5, "log": 5, "payslip": 3,
}  # fmt: skip
# deed, its limit, how many of the limit it may cost, and what it is held to while it costs more
TABLE = (
    ("board", "board_core", 1.6, 1.75),
    ("board poll", "poll_304", 2.5, 2.5),
    ("participant's day", "board_core", 1.5, 1.5),
    ("log", "log_core", 5.0, 5.2),
    ("payslip", "canvas payslip", 1.3, 1.3),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The databases of limit and product, and who is in them."""
    made = tmp_path_factory.mktemp("speed")
    write_keyring(made / "keys", new_keyring())
    fill(made / "limit.db")
    app = create_app(Config(Mode.TEST, made, f"sqlite:///{made}/crowd.db", "http://localhost"))
    with app.app_context(), time_machine.travel(NOW, tick=False):
        Base.metadata.create_all(db.engine)
        with unit_of_work(whole_installation("the crowd")):
            crowd = build_crowd(GROUPS)
        db.engine.dispose()
    (made / "crowd").write_bytes(pickle.dumps(crowd))
    return made


@pytest.mark.timeout(600)
def test_every_deed_keeps_its_distance_to_the_limit(folder: Path, capsys) -> None:
    cost = measure(folder, TIMES)
    unit = "million instructions" if is_exact() else "ms of CPU (valgrind is missing: not exact)"
    lines, broken = [f"{'deed':34}{unit:>24}{'ratio':>8}{'limit':>8}"], []
    for deed, least, limit, held in TABLE:
        ratio = cost[deed] / cost[least]
        missed = "  MISSED" if ratio > limit * SLACK else ""
        lines.append(f"{deed:34}{cost[deed]:>24.2f}{ratio:>8.2f}{limit:>8.2f}{missed}")
        if is_exact() and ratio > max(limit, held) * SLACK:
            broken.append(f"{deed}: {ratio:.2f} x {least}, held to {max(limit, held):.2f}")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert broken == []


def test_what_measures_is_named(capsys) -> None:
    with capsys.disabled():
        sys.stdout.write("\ncallgrind\n" if shutil.which("valgrind") else "\nCPU time\n")
    assert is_exact() == bool(shutil.which("valgrind") and shutil.which("callgrind_control"))
