"""Asked to stop under load, the web server ends what it has begun and loses nothing."""

import signal
import time
from collections.abc import Callable

import pytest

from tests.faults.house import House
from tests.faults.traffic import THREADS, Traffic, audit_of

pytestmark = pytest.mark.timeout(120)
FORMS = 2000


def test_a_web_server_that_is_asked_to_stop_ends_what_it_began_and_nothing_is_lost(
    opened: House, figures: Callable[[str], None]
) -> None:
    traffic = Traffic(opened, FORMS, resends=False).begin()
    traffic.until(kept=100)
    assert opened.process is not None
    asked = time.monotonic()
    opened.process.send_signal(signal.SIGTERM)
    code = opened.process.wait(30)
    took = time.monotonic() - asked
    traffic.end()
    books = audit_of(traffic)
    figures(
        f"ended after {took:.1f} s with {code}, {len(traffic.kept)} acknowledged, "
        f"{len(traffic.unclear)} cut off, {books}"
    )
    assert code == 0
    assert took <= 30
    assert (books.lost, books.halves) == (0, 0)
    assert books.unsaid == 0  # what was begun was also answered
    assert set(traffic.statuses()) <= {-1, 0, 303}
    assert len(traffic.unclear) <= THREADS  # lines that waited to be taken, each at most once
