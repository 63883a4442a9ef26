"""Killed in the middle of a thousand writes: what was acknowledged is there, and there once."""

import time
from collections.abc import Callable

import pytest

from tests.faults.house import House
from tests.faults.power import kill_server
from tests.faults.traffic import Traffic, audit_of, check_whole
from tests.postgres import ThrowAwayServer

pytestmark = pytest.mark.timeout(240)
WRITES, KILLS = 1000, 5


def test_five_kills_of_the_web_server_lose_and_double_nothing(
    opened: House, figures: Callable[[str], None]
) -> None:
    began = time.monotonic()
    traffic = Traffic(opened, WRITES).begin()
    ready = []
    for kill in range(KILLS):
        traffic.until(kept=(kill + 1) * WRITES // (KILLS + 1))
        opened.kill()
        ready.append(opened.open_doors())
    traffic.end()
    took = time.monotonic() - began
    opened.kill()
    books = audit_of(traffic)
    figures(
        f"{len(traffic.kept)} acknowledged, {len(traffic.unclear)} once unclear, {books}, "
        f"ready again in {max(ready):.1f} s at most, {took:.0f} s in all"
    )
    assert len(traffic.kept) == WRITES
    assert traffic.unclear
    assert set(traffic.statuses()) <= {-1, 0, 303}
    assert (books.lost, books.doubled, books.halves) == (0, 0, 0)
    assert max(ready) <= 5
    check_whole(opened)


def test_killed_together_with_postgresql_nothing_is_lost(
    postgres_house: House, cluster: ThrowAwayServer, figures: Callable[[str], None]
) -> None:
    postgres_house.open_doors()
    traffic = Traffic(postgres_house, WRITES // 2).begin()
    recovered = []
    for kill in range(2):
        traffic.until(kept=(kill + 1) * WRITES // 6)
        kill_server(cluster)
        postgres_house.kill()
        began = time.monotonic()
        cluster.begin()
        recovered.append(time.monotonic() - began + postgres_house.open_doors())
    traffic.end()
    postgres_house.kill()
    books = audit_of(traffic)
    figures(
        f"{len(traffic.kept)} acknowledged, {len(traffic.unclear)} once unclear, {books}, "
        f"back in {max(recovered):.1f} s at most"
    )
    assert len(traffic.kept) == WRITES // 2
    assert {-1, 0, 503} & set(traffic.statuses()), "they were killed in the middle of it"
    assert (books.lost, books.doubled, books.halves) == (0, 0, 0)
    assert max(recovered) <= 10
    check_whole(postgres_house)
