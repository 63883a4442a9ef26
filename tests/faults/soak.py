"""`python -m tests.faults.soak --minutes 10`: the same load for long; nothing may grow.

Twenty requests a second, a tenth of them writes, against an installation of its own. Each minute it
says the memory and open files of the web server, the size of the write-ahead log and the time
within which nineteen of twenty pages came; at the end, whether they held.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jobsearch.core.tokens import new_key
from tests.faults.house import Answer, House, furnish, move_in
from tests.faults.traffic import TAP, slowest_but_few

A_SECOND = 20
WRITE_EVERY = 10
MOST_WAL = 64 * 2**20
MOST_GROWTH = 1.10


@dataclass(frozen=True)
class Minute:
    """What one minute showed: bytes, open files, bytes of the log, seconds, and refusals."""

    memory: int
    files: int
    wal: int
    slowest: float
    failed: int

    def __str__(self) -> str:
        return (
            f"{self.memory / 2**20:.0f} MB, {self.files} open files, log {self.wal / 2**20:.1f} MB,"
            f" {self.slowest * 1000:.0f} ms, {self.failed} failed"
        )


def main() -> int:
    """Run, and tell; 1 when something grew or failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder:
        seed, home = Path(folder) / "seed", Path(folder) / "house"
        furnish(seed, f"sqlite:///{seed}/seed.db")
        house = move_in(seed, home, f"sqlite:///{home}/jobsearch.db")
        house.open_doors()
        try:
            seen = [_minute(house, number) for number in range(minutes)]
        finally:
            house.kill()
    return _judged(seen)


def _minute(house: House, number: int) -> Minute:
    answers: list[Answer] = []
    began = time.monotonic()
    with ThreadPoolExecutor(A_SECOND) as crowd:
        for n in range(60 * A_SECOND):
            wait = began + n / A_SECOND - time.monotonic()
            time.sleep(max(0.0, wait))
            crowd.submit(lambda n=n: answers.append(_request(house, n)))
    failed = sum(1 for answer in answers if answer.status not in (200, 303))
    minute = Minute(*_use(house), slowest=slowest_but_few(answers), failed=failed)
    sys.stdout.write(f"minute {number + 1}: {minute}\n")
    sys.stdout.flush()
    return minute


def _request(house: House, number: int) -> Answer:
    world = house.world
    if number % WRITE_EVERY == 0:
        return house.post(TAP, (world.pia, world.otto)[number % 20 == 0], new_key())
    pages = (
        ("/today", world.pia),
        ("/today", world.stig),
        ("/people", world.aino),
        ("/pay-runs", world.paula),
        ("/inbox", world.mia),
    )
    path, member = pages[number % len(pages)]
    return house.get(path, member)


def _use(house: House) -> tuple[int, int, int]:
    assert house.process is not None
    head = house.process.pid
    workers = Path(f"/proc/{head}/task/{head}/children").read_text().split()
    memory = files = 0
    for process in (str(head), *workers):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        memory += pages * os.sysconf("SC_PAGE_SIZE")
        files += len(list(Path(f"/proc/{process}/fd").iterdir()))
    return memory, files, (house.folder / "jobsearch.db-wal").stat().st_size


def _judged(seen: list[Minute]) -> int:
    """The first minutes fill what is kept in memory; from the third on nothing grows."""
    settled, last = seen[min(2, len(seen) - 1)], seen[-1]
    wrong = []
    if last.memory > settled.memory * MOST_GROWTH:
        wrong.append("memory grew")
    if last.files > settled.files + A_SECOND:
        wrong.append("open files grew")
    if max(one.wal for one in seen) > MOST_WAL:
        wrong.append("the write-ahead log grew")
    if any(one.failed for one in seen):
        wrong.append("requests failed")
    sys.stdout.write(("; ".join(wrong) or "It held.") + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
