"""A run of 1,000 people asks as little as one of 200, and holds hardly more in memory.

Times are printed; what a person may cost is held in instructions (`limits.TABLE`).
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(900)  # the first of them waits for both runs
ROOT = Path(__file__).parents[2]
MOST_STATEMENTS = 30
MOST_MEMORY = 1.2
FEW, MANY = 200, 1000


@pytest.fixture(scope="module")
def runs(folder: Path) -> dict[int, dict[str, float]]:
    """What a run of each size took, each in a process of its own."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    found = {}
    for people in (FEW, MANY):
        command = [sys.executable, "-m", "tests.bench.long_run", str(folder), str(people)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        found[people] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_run_asks_as_often_of_1000_people_as_of_200(
    runs: dict[int, dict[str, float]], report: Callable[[str], None]
) -> None:
    asked = runs[MANY]["statements"]
    report(f"{'pay run of 1,000, computed and stored':40} {asked:3.0f} statements, allowed 30")
    assert asked == runs[FEW]["statements"] <= MOST_STATEMENTS


def test_the_memory_of_a_run_stays_flat(
    runs: dict[int, dict[str, float]], report: Callable[[str], None]
) -> None:
    few, many = (runs[people]["peak MB"] for people in (FEW, MANY))
    report(f"{'peak memory, 1,000 people beside 200':40} {many / few:7.3f}   allowed  1.200")
    assert many <= MOST_MEMORY * few


def test_its_times_beside_a_bare_payslip_are_printed(
    runs: dict[int, dict[str, float]], report: Callable[[str], None]
) -> None:
    for people, found in runs.items():
        report(
            f"{f'CPU a person of {people}, beside a bare slip':40} {found['computing']:7.3f}"
            f"   with payslips {found['with payslips']:.3f}   (CPU time, not exact)"
        )
    assert all(found["computing"] > 0 for found in runs.values())
