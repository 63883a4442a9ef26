"""One pay run of so many people in a process of its own: statements, time and peak memory.

`python -m tests.bench.long_run FOLDER PEOPLE` writes them as JSON.
"""

import json
import pickle
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core import clock
from jobsearch.core.db import db
from tests.bench.child import StoppedClock
from tests.bench.crowd import Crowd
from tests.bench.deeds import Product
from tests.bench.limit_payslip import limit_payslip, load_faces

_BARE = 50


def run(folder: Path, people: int) -> dict[str, float]:
    """Compute and approve the run of the first so many contracts of the crowd."""
    clock.datetime = StoppedClock  # type: ignore[attr-defined]
    shutil.copy(folder / "crowd.db", folder / f"run-{people}.db")
    url = f"sqlite:///{folder}/run-{people}.db"
    app = create_app(Config(Mode.PRODUCTION, folder, url, "https://localhost"))
    crowd: Crowd = pickle.loads((folder / "crowd").read_bytes())
    product, asked = Product(app, crowd), [0]
    with app.app_context():
        engine = db.engine

    def note(*_call: object) -> None:
        asked[0] += 1

    sa.event.listen(engine, "before_cursor_execute", note)
    run_id = product.make_wide_run(people)
    product.compute(run_id)  # until statements are compiled
    load_faces()
    bare = _timed(lambda: [limit_payslip(at) for at in range(_BARE)]) / _BARE
    asked[0] = 0
    computing = _timed(lambda: product.compute(run_id)) / people
    statements = asked[0]
    product.review(run_id)
    approving = _timed(lambda: product.approve(run_id)) / people
    return {
        "statements": statements,
        "computing": computing / bare,
        "with payslips": (computing + approving) / bare,
        "peak MB": _peak(),
    }


def _timed(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _peak() -> float:
    """The most memory that the process ever held."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
