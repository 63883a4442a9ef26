"""Whom an account saw, and the pages of the trail, of a million looks.

The time is set beside one bare statement that reads every look once; on a machine that does
nothing else it takes a tenth of a second to a quarter, and no page a second.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from jobsearch.audit.models import AccessEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.privacy.trail.queries import list_looks, list_seen, list_seen_anywhere
from jobsearch.privacy.trail.rules import Asked, Key
from tests.postgres import ENGINE
from tests.world import NOW, TODAY, World

pytestmark = [pytest.mark.timeout(600), pytest.mark.usefixtures("context")]
LOOKS, PERSONS, ACCOUNTS = 1_000_000, 2_000, 40
MOST_RATIO, MOST_OF_NONE = 2.0, 8.0
"""Times of reading every look once; the second where there is nothing to stop at."""
NONE = "looks of a provider that has none"
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
    with db.engine.connect() as connection:
        if ENGINE == "postgresql":
            connection.connection.driver_connection.patience = None
            connection.execute(sa.text("SET statement_timeout = 0"))
        connection.execute(order, values)
        connection.commit()
        connection.execute(sa.text("ANALYZE access_entry"))
        connection.commit()
        connection.invalidate()  # the others wait as long as pages do
    return world


def _seconds(world: World, ask: Callable[[], object]) -> float:
    """The quicker of two times, after a first one that is not counted."""
    took = []
    for _time in range(3):
        with unit_of_work(EVERYTHING, world.aino.actor, read_only=True):
            began = time.perf_counter()
            ask()
            took.append(time.perf_counter() - began)
    return min(took[1:])


def _read_everything() -> None:
    db.session.execute(sa.select(sa.func.sum(sa.func.length(AccessEntry.what)))).one()


def _plan(world: World, ask: Callable[[], object]) -> str:
    """How the engine goes about the last thing that is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_line: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        asked.append((statement, values))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    with unit_of_work(EVERYTHING, world.aino.actor, read_only=True):
        ask()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    statement, values = asked[-1]
    explain = "EXPLAIN QUERY PLAN" if ENGINE == "sqlite" else "EXPLAIN"
    with db.engine.connect() as line:
        return str(line.exec_driver_sql(f"{explain} {statement}", values).all())


def test_a_million_looks_are_asked_as_quickly_as_a_few(
    million: World, report: Callable[[str], None]
) -> None:
    world, actor, stig = million, million.aino.actor, million.stig.account_id
    two_years = Asked(stig, since=TODAY - timedelta(days=731), until=TODAY)
    halfway = Key(NOW - timedelta(days=365), 500_000)
    asked = {
        "whom an account saw": lambda: list_seen(actor, two_years, "", 51),
        "the same of its 25th person on": lambda: list_seen(actor, two_years, "a" * 17, 51),
        "the same by the command": lambda: list_seen_anywhere(stig, NOW - timedelta(days=731), NOW),
        "looks": lambda: list_looks(actor, Asked(), None, 51),
        "looks from half way": lambda: list_looks(actor, Asked(), halfway, 51),
        "looks of one account": lambda: list_looks(actor, two_years, halfway, 51),
        "looks at one person": lambda: list_looks(
            actor, Asked(person_id=world.pia.person_id), None, 51
        ),
        NONE: lambda: list_looks(world.sam.actor, Asked(), None, 51),
    }
    bare = _seconds(world, _read_everything)
    report(f"{'reading a million looks once':40} {bare:7.3f} s")
    ratios = {}
    for name, ask in asked.items():
        ratios[name] = (took := _seconds(world, ask)) / bare
        report(f"{name:40} {took:7.3f} s  {ratios[name]:7.3f} times that, {ENGINE}")
    most = {name: MOST_OF_NONE if name is NONE else MOST_RATIO for name in ratios}
    assert {name: ratio for name, ratio in ratios.items() if ratio > most[name]} == {}
    plan = _plan(world, asked["whom an account saw"])
    assert "ix_access_entry_account_at" in plan, plan
    assert "ix_access_entry_person" not in plan, plan
    with unit_of_work(EVERYTHING, read_only=True):
        seen = list_seen_anywhere(stig, NOW - timedelta(days=731), NOW)
        assert sum(one.looks for one, *_rest in seen) == LOOKS // ACCOUNTS
