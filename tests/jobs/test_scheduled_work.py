"""Scheduled work on the audit trail: seals hold, and what was changed is found."""

import pytest
import sqlalchemy as sa

from jobsearch.audit.chain import check_chain, seal_new_entries
from jobsearch.audit.models import AuditSeal, SubjectKey
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation

pytestmark = pytest.mark.usefixtures("context")


def _system():
    return unit_of_work(whole_installation("test"))


def test_the_chain_holds_and_a_changed_entry_is_found(world, clock):
    clock.shift(60)
    with _system():
        assert seal_new_entries() > 0
        assert check_chain(everything=True).broken == []
    with _system() as session:
        for trigger in ("audit_seal_no_update", "audit_entry_no_update"):
            if db.engine.dialect.name == "sqlite":
                session.connection().execute(sa.text(f"DROP TRIGGER {trigger}"))
        if db.engine.dialect.name == "postgresql":
            session.connection().execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        session.connection().execute(sa.text("UPDATE audit_entry SET act = 'x' WHERE id = 1"))
    with _system():
        only = db.session.scalars(sa.select(AuditSeal.id)).one()
        assert check_chain(everything=True).broken == [only]


def test_the_chain_holds_when_a_subjects_key_is_destroyed(world, clock):
    clock.shift(60)
    with _system():
        seal_new_entries()
        db.session.execute(sa.delete(SubjectKey))
    with _system():
        assert check_chain(everything=True).broken == []


def test_entries_that_may_still_lack_a_neighbour_are_not_sealed(world):
    with _system():
        assert seal_new_entries() == 0
