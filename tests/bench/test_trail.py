"""Whom an account saw, and the pages of the trail, in under a second of a million looks."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.privacy.trail.queries import list_looks, list_seen, list_seen_anywhere
from jobsearch.privacy.trail.rules import Asked, Key
from tests.postgres import ENGINE
from tests.world import NOW, TODAY, World

pytestmark = [pytest.mark.timeout(600), pytest.mark.usefixtures("context")]
LOOKS, PERSONS, ACCOUNTS = 1_000_000, 2_000, 40
MOST_SECONDS = 1.0
EVERYTHING = whole_installation("test")

_AT = (
    "strftime('%Y-%m-%d %H:%M:%S.000000', '2024-11-24 08:00:00', '+' || (n * 60) || ' seconds')"
    if ENGINE == "sqlite"
    else "timestamptz '2024-11-24 08:00:00+00' + n * interval '60 seconds'"
)
_NUMBERS = (
    f"(WITH RECURSIVE up(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM up WHERE n < {LOOKS - 1})"
    " SELECT n FROM up) AS numbers"
    if ENGINE == "sqlite"
    else f"generate_series(0, {LOOKS - 1}) AS numbers(n)"
)


@pytest.fixture
def million(world: World) -> World:
    """A million looks of forty accounts at two thousand persons of provider A, in two years."""
    no = "0" if ENGINE == "sqlite" else "false"
    key = "substr('aaaaaaaaaaaaaaaaaaaa', 1, 20 - length({0})) || {0}"
    person = key.format(f"CAST(n % {PERSONS} AS varchar)")
    other = key.format(f"CAST(n % {ACCOUNTS} AS varchar)")
    named = "CASE WHEN n % :accounts = 0 THEN :stig ELSE " + other + " END"
    order = sa.text(
        "INSERT INTO access_entry"
        " (at, account_id, role, organisation_id, person_id, what, refused)"
        f" SELECT {_AT}, {named}, 'coach', :org, {person}, 'page', {no} FROM {_NUMBERS}"
    )
    values = {"accounts": ACCOUNTS, "stig": world.stig.account_id, "org": world.a.organisation_id}
    with db.engine.begin() as connection:
        if ENGINE == "postgresql":
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        connection.execute(order, values)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE access_entry"))
    return world


def _seconds(world: World, ask: Callable[[], object]) -> float:
    with unit_of_work(EVERYTHING, world.aino.actor, read_only=True):
        ask()
    with unit_of_work(EVERYTHING, world.aino.actor, read_only=True):
        began = time.perf_counter()
        ask()
        return time.perf_counter() - began


def test_a_million_looks_are_asked_in_under_a_second(million: World) -> None:
    world, actor, stig = million, million.aino.actor, million.stig.account_id
    two_years = Asked(stig, since=TODAY - timedelta(days=731), until=TODAY)
    halfway = Key(NOW - timedelta(days=365), 500_000)
    asked = {
        "seen": lambda: list_seen(actor, two_years, "", 50),
        "seen by the command": lambda: list_seen_anywhere(stig, NOW - timedelta(days=731), NOW),
        "looks": lambda: list_looks(actor, Asked(), None, 51),
        "looks half way": lambda: list_looks(actor, Asked(), halfway, 51),
        "looks of one account": lambda: list_looks(actor, two_years, halfway, 51),
        "looks at one person": lambda: list_looks(
            actor, Asked(person_id=world.pia.person_id), None, 51
        ),
    }
    took = {name: round(_seconds(world, ask), 3) for name, ask in asked.items()}
    print(ENGINE, took)  # noqa: T201 - what a bench is for
    assert max(took.values()) < MOST_SECONDS, took
    with unit_of_work(EVERYTHING, read_only=True):
        seen = list_seen_anywhere(stig, NOW - timedelta(days=731), NOW)
        assert sum(one.looks for one, *_rest in seen) == LOOKS // ACCOUNTS
