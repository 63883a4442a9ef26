"""The audit trail."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from jobsearch.audit.keys import subject_key
from jobsearch.audit.models import AuditEntry
from jobsearch.cohorts.models import Cohort
from jobsearch.core.crypto import open_with
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import Conflict
from jobsearch.core.scope import Scope, ScopeBroken, whole_installation
from jobsearch.people.models import Person

pytestmark = pytest.mark.usefixtures("context")


def _entries(table: str) -> list[AuditEntry]:
    statement = sa.select(AuditEntry).where(AuditEntry.table_name == table).order_by(AuditEntry.id)
    return list(db.session.scalars(statement))


def test_a_change_says_who_changed_which_fields(world, as_):
    with as_(world.stig):
        db.session.get(Cohort, world.a.cohort_ids[0]).place = "Rauma"
    with as_(world.aino):
        entry = _entries("cohort")[-1]
        assert entry.account_id == world.stig.account_id
        assert entry.plain == {"place": ["Pori", "Rauma"]}


def test_personal_values_are_kept_only_under_the_persons_own_key(world, as_):
    with as_(world.aino):
        db.session.get(Person, world.pia.person_id).phone = "+358400000999"
    with as_(world.aino) as session:
        entry = _entries("person")[-1]
        assert entry.fields == ["phone"]
        assert entry.plain is None
        assert b"999" not in entry.sealed
        assert b"+358400000999" in open_with(
            subject_key(session, world.pia.person_id), entry.sealed
        )


def test_the_values_of_an_identity_code_are_nowhere_in_the_trail(world, as_):
    with as_(world.aino):
        db.session.get(Person, world.pia.person_id).identity_code = "010594Y9032"
    with as_(world.aino):
        entry = _entries("person")[-1]
        assert entry.fields == ["identity_code"]
        assert entry.sealed is None
    with db.engine.connect() as connection:
        raw = connection.execute(sa.text("SELECT identity_code FROM person")).scalars().all()
    assert all(value is None or b"010594Y9032" not in bytes(value) for value in raw)


@pytest.mark.parametrize("order", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_the_trail(world, order):
    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(sa.text(order))


def test_a_refused_unit_of_work_leaves_no_trace(world, as_):
    with as_(world.aino):
        before = len(_entries("person"))
    with pytest.raises(RuntimeError), as_(world.aino):
        db.session.get(Person, world.pia.person_id).phone = "+358400000999"
        db.session.flush()
        raise RuntimeError
    with as_(world.aino):
        assert len(_entries("person")) == before


def test_the_loser_of_a_race_reads_a_conflict(world, as_):
    with as_(world.aino):
        stale = db.session.get(Person, world.pia.person_id)
        db.session.expunge(stale)
    with as_(world.stig):
        db.session.get(Person, world.pia.person_id).municipality = "Ulvila"
    stale.municipality = "Rauma"
    with pytest.raises(Conflict), as_(world.aino) as session:
        session.add(stale)


def test_no_statement_reaches_another_providers_rows(world, as_):
    with as_(world.sam):
        assert db.session.get(Person, world.pia.person_id) is None
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1
        assert db.session.scalars(sa.select(Person.given_name)).all() == ["Bo"]
        named = sa.select(Person.id).where(Person.id == world.pia.person_id)
        assert db.session.scalar(sa.select(sa.exists(named))) is False
        changed = db.session.execute(sa.update(Person).values(municipality="X"))
        assert changed.rowcount == 1


def test_a_row_of_another_provider_is_never_written(world, as_):
    with pytest.raises(ScopeBroken), as_(world.sam):
        db.session.add(
            Person(organisation_id=world.a.organisation_id, given_name="X", family_name="Y")
        )
        db.session.flush()


def test_a_statement_without_a_scope_is_an_error(world):
    with pytest.raises(ScopeBroken):
        db.session.scalars(sa.select(Person)).all()


def test_a_session_keeps_the_scope_it_was_given(world):
    with pytest.raises(ScopeBroken), unit_of_work(whole_installation("test")) as session:
        from jobsearch.core.scope import open_scope

        open_scope(session, Scope(None, "wider"))


def test_reading_changes_nothing(world):
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with pytest.raises(ScopeBroken), unit_of_work(scope, read_only=True):
        db.session.get(Person, world.pia.person_id).municipality = "X"
        db.session.flush()
