"""The power goes in the middle of it: what was acknowledged is on the disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.house import House
from tests.faults.power import Machine, PostgresMachine, SqliteMachine, compiled
from tests.faults.serving import CARELESS
from tests.faults.traffic import Traffic, audit_of, check_whole, wait_until
from tests.postgres import ThrowAwayServer

pytestmark = pytest.mark.timeout(240)
WRITES = 400
BEHIND = 10
HASTE = {"wal_writer_delay": "10s"}
"""A server that is told not to wait writes a moment later all the same; here after the cut."""


@pytest.fixture(scope="session")
def library() -> Iterator[Path]:
    """What makes a disk of a folder that holds only what was waited for."""
    with compiled() as made:
        if made is None:
            pytest.skip("no C compiler is here to make a disk that loses what it may lose")
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request: pytest.FixtureRequest, library: Path) -> Machine:
    """A machine with each engine in turn, still off."""
    if request.param == "sqlite":
        return SqliteMachine(request.getfixturevalue("sqlite_house"), library)
    cluster: ThrowAwayServer = request.getfixturevalue("cluster")
    cluster.settings.update(HASTE)
    house: House = request.getfixturevalue("postgres_house")
    return PostgresMachine(house, library, cluster)


def test_two_power_cuts_lose_nothing_that_was_acknowledged(
    machine: Machine, figures: Callable[[str], None]
) -> None:
    machine.switch_on()
    machine.open_doors()
    traffic = Traffic(machine.house, WRITES).begin()
    traffic.until(kept=WRITES // 2)
    machine.cut()
    machine.switch_on()
    machine.open_doors()
    traffic.end()
    machine.cut()
    machine.switch_on()
    books = audit_of(traffic)
    figures(f"{len(traffic.kept)} acknowledged, {len(traffic.unclear)} once unclear, {books}")
    assert len(traffic.kept) == WRITES
    assert {-1, 0, 503} & set(traffic.statuses()), "the power went in the middle of it"
    assert (books.lost, books.doubled, books.halves) == (0, 0, 0)
    check_whole(machine.house)


def _until_behind(machine: Machine, traffic: Traffic) -> None:
    """Wait until some forms were acknowledged since the disk was last written on."""
    kept_at: dict[int, int] = {}

    def is_behind() -> bool:
        before = kept_at.setdefault(machine.written_at, len(traffic.kept))
        return len(traffic.kept) >= before + BEHIND

    wait_until(is_behind)


def test_whoever_does_not_wait_for_the_disk_is_found_out(
    machine: Machine, figures: Callable[[str], None]
) -> None:
    machine.house.settings[CARELESS] = "yes"
    machine.switch_on()
    machine.open_doors()
    traffic = Traffic(machine.house, WRITES, resends=False).begin()
    traffic.until(kept=WRITES // 4)
    _until_behind(machine, traffic)
    machine.cut()
    traffic.stop()
    machine.switch_on()
    books = audit_of(traffic)
    figures(f"{len(traffic.kept)} acknowledged, {books}")
    assert books.lost >= BEHIND
    assert books.halves == 0
    check_whole(machine.house)
