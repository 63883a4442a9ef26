"""Two schedulers count the same night, and each action is counted once."""

import threading

import pytest

from jobsearch.core.errors import Conflict
from jobsearch.tracker.companies.jobs import remember_companies
from jobsearch.tracker.rules import Channel
from tests.service.test_companies import counts, done

pytestmark = pytest.mark.usefixtures("context")


def test_schedulers_that_count_at_once_count_each_action_once(app, world, as_) -> None:
    with as_(world.stig):
        for number in range(60):
            done(world, f"Yritys {number % 7}", "pia" if number % 2 else "otto")
    start = threading.Barrier(4)
    strange: list[BaseException] = []

    def count() -> None:
        with app.app_context():
            start.wait()
            try:
                remember_companies()
            except Conflict:
                pass  # the ledger of turns would try again
            except BaseException as failure:  # noqa: BLE001
                strange.append(failure)

    threads = [threading.Thread(target=count) for _scheduler in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    remember_companies()
    assert strange == []
    found = counts(world)
    assert {channel for _key, channel in found} == {Channel.OTHER}
    assert sum(contacts for contacts, *_rest in found.values()) == 60
    assert len(found) == 7
