"""Looks in the log as a participant reads them: hers alone, by an index, in few statements."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import g

from jobsearch.audit.models import AccessEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible
from jobsearch.core.scope import whole_installation
from jobsearch.desk.seen_by.noting import _OWNED_BY, remember
from jobsearch.desk.seen_by.queries import list_seen, list_sent
from jobsearch.desk.seen_by.rules import Outside
from jobsearch.notices.delivery.rules import MessageState
from jobsearch.notices.models import Message
from jobsearch.payroll.exports.register.models import RegisterDelivery
from tests.furnished import furnish
from tests.looked import look, write
from tests.postgres import ENGINE
from tests.world import NOW, World

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize("many", [10, 10_000])
def test_the_list_asks_as_often_of_ten_thousand_looks_as_of_ten(
    world: World, as_: Callable, statements: list[str], many: int
) -> None:
    write(
        *(
            look(world, world.stig if n % 3 else world.mia, at=NOW - timedelta(minutes=31 * n))
            for n in range(many)
        )
    )
    with as_(world.pia):
        del statements[:]
        seen = list_seen(world.pia.actor, "", "", 1)
        assert len(statements) == 2
    assert seen.looks == many
    assert len(seen.lines) <= 25


def test_the_log_is_read_by_the_index_of_its_person(world: World, as_: Callable) -> None:
    others = [look(world, world.stig, person_id=f"p{n % 400:019}") for n in range(4000)]
    write(*others, look(world, world.stig))
    statement = (
        sa.select(AccessEntry.at)
        .where(
            AccessEntry.person_id == world.pia.person_id,
            AccessEntry.account_id != world.pia.account_id,
            AccessEntry.at >= NOW - timedelta(days=1826),
        )
        .order_by(AccessEntry.id.desc())
        .limit(20_000)
    )
    how = "EXPLAIN" if ENGINE == "postgresql" else "EXPLAIN QUERY PLAN"
    with unit_of_work(whole_installation("test")):
        line = db.session.connection()
        line.exec_driver_sql("ANALYZE access_entry")
        said = statement.compile(line.engine, compile_kwargs={"literal_binds": True})
        plan = " ".join(str(row) for row in line.exec_driver_sql(f"{how} {said}"))
    assert "ix_access_entry_person" in plan


def test_only_her_own_looks_are_hers_and_nobody_without_a_person_has_any(
    world: World, as_: Callable
) -> None:
    write(look(world, world.stig), look(world, world.stig, person_id=world.otto.person_id))
    with as_(world.otto):
        assert list_seen(world.otto.actor, "", "", 1).looks == 1
    with as_(world.stig), pytest.raises(NotVisible):
        list_seen(world.stig.actor, "", "", 1)
    with as_(world.stig), pytest.raises(NotVisible):
        list_sent(world.stig.actor, 1)


def test_a_wage_report_is_outside_when_it_was_delivered_and_a_trial_never_is(
    world: World, as_: Callable
) -> None:
    furnish(world)

    def kinds() -> set[Outside]:
        with as_(world.pia):
            return {line.kind for line in list_sent(world.pia.actor, 1).lines}

    def change(**values: object) -> None:
        with unit_of_work(whole_installation("test")):
            db.session.execute(sa.update(RegisterDelivery).values(**values))

    assert Outside.REGISTER not in kinds()
    change(delivered_at=NOW, is_test=True)
    assert Outside.REGISTER not in kinds()
    change(is_test=False)
    assert {Outside.REGISTER, Outside.BANK, Outside.ANALYSIS} <= kinds()
    with as_(world.otto):
        assert list_sent(world.otto.actor, 1).count == 0


def test_a_message_is_outside_when_it_went_to_her_and_not_before(
    world: World, as_: Callable
) -> None:
    whose = {
        "a.waiting": (world.pia.person_id, None),
        "b.ahead": (world.pia.person_id, NOW + timedelta(hours=1)),
        "c.went": (world.pia.person_id, NOW),
        "d.to_her_account": (world.pia.account_id, NOW),
        "e.to_another": (world.otto.person_id, NOW),
    }
    with unit_of_work(whole_installation("test")):
        for kind, (subject_id, sent_at) in whose.items():
            message = Message(
                subject_id=subject_id,
                address="somebody@example.org",
                subject="x",
                body="x",
                kind=kind,
                state=MessageState.SENT if sent_at else MessageState.WAITING,
                created_at=NOW,
                sent_at=sent_at,
                settled_at=sent_at,
            )
            db.session.add(message)
    with as_(world.pia):
        lines = list_sent(world.pia.actor, 1).lines
    assert sorted((line.kind, line.more) for line in lines) == [
        (Outside.MESSAGE, "c.went"),
        (Outside.MESSAGE, "d.to_her_account"),
    ]


def test_a_refused_address_is_told_to_whoever_owns_what_it_names(world: World) -> None:
    keys = furnish(world).keys
    g.head = SimpleNamespace(last_seen_at=NOW)
    for gap in _OWNED_BY:
        remember(world.sam.actor, [], {gap: keys[gap]})
        remember(world.pia.actor, [], {gap: keys[gap]})  # her own
        remember(world.sam.actor, [], {gap: "aaaaaaaaaaaaaaaaaaaa"})  # nobody's
    with unit_of_work(whole_installation("test")):
        columns = (AccessEntry.person_id, AccessEntry.what, AccessEntry.refused)
        rows = [tuple(row) for row in db.session.execute(sa.select(*columns))]
    assert rows == [(world.pia.person_id, look.value, True) for _model, look in _OWNED_BY.values()]
