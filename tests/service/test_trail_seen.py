"""Whom an account saw: added up over organisations, and found among everybody's looks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.privacy.trail.queries import list_looks, list_seen, list_seen_anywhere
from jobsearch.privacy.trail.rules import Asked
from tests.looked import look, write
from tests.postgres import ENGINE
from tests.world import NOW, TODAY, World

pytestmark = pytest.mark.usefixtures("context")
OTHERS, PERSONS, EACH = 39, 400, 500


def _asked(world: World) -> Asked:
    return Asked(world.stig.account_id, since=TODAY - timedelta(days=60), until=TODAY)


def test_looks_for_two_organisations_at_one_person_are_one_line(
    world: World, as_: Callable
) -> None:
    elsewhere = world.b.organisation_id
    write(
        look(world, world.stig, at=NOW - timedelta(hours=3)),
        look(world, world.stig, organisation_id=elsewhere, refused=True),
        look(world, world.stig, organisation_id=elsewhere, at=NOW - timedelta(hours=5)),
    )
    with as_(world.aino):
        (seen,) = list_seen(world.aino.actor, _asked(world), "", 50)
    assert (seen.person_id, seen.looks, seen.refused) == (world.pia.person_id, 3, 1)
    assert (seen.first, seen.last) == (NOW - timedelta(hours=5), NOW)
    assert type(seen.looks) is type(seen.refused) is int
    with unit_of_work(whole_installation("test"), read_only=True):
        anywhere = list_seen_anywhere(world.stig.account_id, NOW - timedelta(days=1), NOW)
    assert [one.looks for one, *_name in anywhere] == [2]


def test_a_manager_counts_her_own_people_and_her_own_members_looks_alone(
    world: World, as_: Callable
) -> None:
    elsewhere = {"person_id": "p" * 20, "organisation_id": world.b.organisation_id}
    write(
        look(world, world.stig, organisation_id=world.b.organisation_id),
        look(world, world.stig, person_id="q" * 20),
        look(world, world.stig, **elsewhere),
    )
    with as_(world.aino):
        hers = list_seen(world.aino.actor, _asked(world), "", 50)
        assert len(list_looks(world.aino.actor, Asked(), None, 50)) == 2
    with as_(world.sam):
        his = list_seen(world.sam.actor, _asked(world), "", 50)
    assert {one.person_id for one in hers} == {world.pia.person_id, "q" * 20}
    assert {one.person_id for one in his} == {world.pia.person_id, "p" * 20}


def test_whom_an_account_saw_is_found_by_its_own_looks_and_not_by_everybodys(
    world: World, as_: Callable
) -> None:
    accounts = [world.stig.account_id, *(f"a{n:019}" for n in range(OTHERS))]
    write(
        *(
            look(
                world,
                world.stig,
                at=NOW - timedelta(minutes=n),
                account_id=accounts[n % len(accounts)],
                person_id=f"p{n // len(accounts) % PERSONS:019}",
            )
            for n in range(len(accounts) * EACH)
        )
    )
    with unit_of_work(whole_installation("test")):
        db.session.connection().exec_driver_sql("ANALYZE access_entry")
    asked: list[tuple[str, Any]] = []

    def note(_line: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        asked.append((statement, values))

    with as_(world.aino):
        sa.event.listen(db.engine, "before_cursor_execute", note)
        assert len(list_seen(world.aino.actor, _asked(world), "", 2)) == 2
        sa.event.remove(db.engine, "before_cursor_execute", note)
    how = "EXPLAIN" if ENGINE == "postgresql" else "EXPLAIN QUERY PLAN"
    ((statement, values),) = asked
    with db.engine.connect() as line:
        plan = str(line.exec_driver_sql(f"{how} {statement}", values).all())
    assert "ix_access_entry_account_at" in plan
    assert "ix_access_entry_person" not in plan
