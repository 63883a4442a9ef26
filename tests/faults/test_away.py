"""PostgreSQL goes away for a while: pages say so in time, and go on by themselves afterwards."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.house import Answer, House
from tests.faults.traffic import Traffic, audit_of, wait_until
from tests.postgres import ThrowAwayServer

pytestmark = pytest.mark.timeout(240)
FORMS = 400
PATIENCE_SECONDS = 10


def _is_told(answer: Answer) -> bool:
    """Whether it is the page that says so, with a time to come back."""
    said = any(words in answer.text for words in ("Palvelu lepää", "The service is resting"))
    return said and int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_of_postgresql_fails_only_what_is_in_flight(
    postgres_house: House, cluster: ThrowAwayServer, figures: Callable[[str], None], mode: str
) -> None:
    postgres_house.open_doors()
    main = postgres_house.process
    traffic = Traffic(postgres_house, FORMS).begin()
    traffic.until(kept=FORMS // 4)
    cluster.run("pg_ctl", "-D", cluster.data, "-w", "-m", mode, "stop")
    stopped = time.monotonic()
    cluster.begin()
    away = time.monotonic() - stopped
    well = wait_until(lambda: postgres_house.get("/health").status == 200)
    refused = len(traffic.refused)
    time.sleep(max(0, 5 - well))
    late = len(traffic.refused) - refused
    after = [postgres_house.get("/today", postgres_house.world.pia).status for _ in range(50)]
    traffic.end()
    books = audit_of(traffic)
    figures(
        f"{mode}: away {away:.1f} s, answers {dict(traffic.statuses())}, well {well:.1f} s after "
        f"it was back, {late} refused after that, {books}"
    )
    assert main is not None and main.poll() is None
    assert set(traffic.statuses()) <= {303, 503}
    assert all(_is_told(answer) for answer in traffic.refused)
    assert len(traffic.kept) == FORMS
    assert set(after) == {200}
    assert well <= 5
    assert (books.lost, books.doubled, books.halves) == (0, 0, 0)


@contextmanager
def _silent(server: ThrowAwayServer):
    """Everything of the server is stopped: lines are taken, and nothing is ever said."""
    postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    everyone = (postmaster, *map(int, children))
    for process in everyone:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in everyone:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def _all_at_once(asks: list[Callable[[], Answer]]) -> list[Answer]:
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda ask=ask: answers.append(ask()), daemon=True) for ask in asks
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_a_database_that_falls_silent_is_told_within_ten_seconds_and_heals(
    postgres_house: House, cluster: ThrowAwayServer, figures: Callable[[str], None]
) -> None:
    house, pia = postgres_house, postgres_house.world.pia
    house.open_doors()
    _all_at_once([lambda: house.get("/today", pia)] * 12)  # every thread has its line by now
    with _silent(cluster):
        first = _all_at_once([lambda: house.get("/today", pia)] * 4)
        form = house.post("/job-search/log/employer_contact", pia, "a" * 20)
        (health,) = _all_at_once([lambda: house.get("/health")])
        report = house.get("/healthz")
    healed = wait_until(lambda: house.get("/today", pia).status == 200)
    longest = max(answer.seconds for answer in (*first, form, health, report))
    figures(f"slowest answer {longest:.1f} s, well again after {healed:.1f} s")
    assert len(first) == 4
    assert {answer.status for answer in (*first, form, health, report)} == {503}
    assert all(_is_told(answer) for answer in (*first, form, health))
    assert '"database":"degraded"' in report.text.replace(" ", "")
    assert longest <= PATIENCE_SECONDS
    assert healed <= 10
    assert house.post("/job-search/log/employer_contact", pia, "a" * 20).status == 303


def test_a_page_that_waits_when_the_database_falls_silent_is_told_too(
    postgres_house: House, cluster: ThrowAwayServer, figures: Callable[[str], None]
) -> None:
    house = postgres_house
    house.open_doors()
    traffic = Traffic(house, 100, resends=False, browsers=4).begin()
    traffic.until(kept=20)
    with _silent(cluster):
        wait_until(lambda: bool(traffic.refused), 20)
    traffic.end()
    longest = max(answer.seconds for answer in traffic.refused)
    figures(f"{len(traffic.refused)} told, the slowest after {longest:.1f} s")
    assert {answer.status for answer in traffic.refused} == {503}
    assert longest <= PATIENCE_SECONDS
    assert audit_of(traffic).lost == 0
