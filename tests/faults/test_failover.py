"""Two PostgreSQL servers: when the first is gone and the second is promoted, pages follow it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobsearch.core.tokens import new_key
from tests.faults.conftest import DURABLE
from tests.faults.house import House, furnish, move_in
from tests.faults.traffic import TAP, Traffic, audit_of, wait_until
from tests.postgres import ThrowAwayServer

pytestmark = pytest.mark.timeout(240)
STREAMING = {**DURABLE, "wal_level": "replica", "max_wal_senders": "5", "hot_standby": "on"}
FORMS = 300


@pytest.fixture
def leader() -> Iterator[ThrowAwayServer]:
    """The server that is written to first."""
    server = ThrowAwayServer.start(**STREAMING)
    yield server
    server.stop()


@pytest.fixture
def follower(leader: ThrowAwayServer) -> Iterator[ThrowAwayServer]:
    """A server that follows it, byte by byte."""
    server = ThrowAwayServer.start(of=leader, **STREAMING)
    yield server
    server.stop()


@pytest.fixture
def house(leader: ThrowAwayServer, tmp_path: Path) -> Iterator[House]:
    """An installation whose address will name both servers."""
    furnish(tmp_path / "seed", leader.url())
    made = move_in(tmp_path / "seed", tmp_path / "house", leader.url())
    yield made
    made.kill()


def _both(leader: ThrowAwayServer, follower: ThrowAwayServer) -> str:
    """As docs/operating.md writes it, with folders of sockets for names of machines."""
    hosts = f"host={leader.folder}&host={follower.folder}"
    return f"postgresql://postgres@/postgres?{hosts}&target_session_attrs=read-write"


def test_the_pages_follow_the_promoted_server_without_a_restart(
    house: House,
    leader: ThrowAwayServer,
    follower: ThrowAwayServer,
    figures: Callable[[str], None],
) -> None:
    # the leader says that a change is kept when the follower has it too
    names = ("-h", leader.folder, "-U", "postgres", "-c")
    leader.run("psql", *names, "ALTER SYSTEM SET synchronous_standby_names = '*'")
    leader.run("pg_ctl", "-D", leader.data, "reload")
    house.settings["JOBSEARCH_DATABASE_URL"] = _both(leader, follower)
    house.open_doors()
    assert house.process is not None
    traffic = Traffic(house, FORMS).begin()
    traffic.until(kept=FORMS // 3)
    leader.run("pg_ctl", "-D", leader.data, "-w", "-m", "immediate", "stop")
    gone = time.monotonic()
    refused = house.post(TAP, house.world.pia, new_key())
    follower.run("pg_ctl", "-D", follower.data, "-w", "promote")
    wait_until(lambda: house.post(TAP, house.world.pia, "b" * 20).status == 303)
    away = time.monotonic() - gone
    traffic.end()
    house.kill()
    moved = House(house.folder, follower.url(), house.world)
    traffic.house = moved
    books = audit_of(traffic)
    figures(f"written again {away:.1f} s after the leader ended, promotion included, {books}")
    assert refused.status == 503
    assert len(traffic.kept) == FORMS
    assert set(traffic.statuses()) <= {303, 503}
    assert books.lost == books.halves == 0
    assert away <= 20
