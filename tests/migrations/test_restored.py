"""A backup of an earlier release is put back: whoever was erased after it stays erased."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from jobsearch.audit.models import SubjectKey
from jobsearch.config import Config
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.operating import backups, engines
from jobsearch.operating.contents import schema_of
from jobsearch.operating.erasures import again
from jobsearch.payroll.pay.models import PayRun
from jobsearch.privacy.erasure.service import erase
from tests.furnished import CANARY, furnish
from tests.migrations.test_schema import FOLDER, empty
from tests.postgres import ENGINE, find_binaries
from tests.service.test_backups import elsewhere
from tests.world import World, build_world, make_person

__all__ = ["elsewhere", "empty"]


@pytest.fixture
def home(empty, clock, monkeypatch) -> Iterator[Config]:
    """An installation whose tables the migrations have made."""
    if ENGINE == "postgresql":
        monkeypatch.setenv("PATH", f"{find_binaries()}:{os.environ['PATH']}")
    with empty.app_context():
        upgrade(FOLDER)
        yield empty.config["JOBSEARCH"]
        db.session.remove()


@pytest.fixture
def world(home, clock) -> World:
    """The cast, with everything of Pia's that there can be, all of it over and paid."""
    with unit_of_work(whole_installation("the cast")):
        cast = build_world()
    furnish(cast)
    with unit_of_work(whole_installation("the cast")):
        paid = {"state": "paid", "approved_at": datetime(2026, 12, 1, tzinfo=UTC)}
        who = {"approved_by_id": cast.aino.account_id, "made_by_id": cast.paula.account_id}
        db.session.execute(sa.update(PayRun).values(**paid, **who))
    clock.shift(timedelta(days=40))
    return cast


def _words(url: str) -> dict[str, str]:
    """What stands in each table of the database."""
    with engines.connected(url) as connection:
        found = {
            table.name: str([tuple(map(repr, row)) for row in connection.execute(sa.select(table))])
            for table in Base.metadata.sorted_tables
        }
        found["schema"] = schema_of(connection)
    return found


@pytest.mark.parametrize("earlier", ["0039", "0032"])
def test_who_was_erased_after_a_backup_of_an_earlier_release_stays_erased(
    home,
    elsewhere,
    world,
    tmp_path,
    earlier: str,
) -> None:
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope):
        kaisa = make_person(world.a.organisation_id, "Kaisa", "Kuusi", "+358405550001").id
        make_person(world.a.organisation_id, "Kerttu", "Koivu", "+358405550002")
    downgrade(FOLDER, revision=earlier)
    file, manifest = backups.save(home, tmp_path / "kept")
    assert manifest.schema == earlier
    upgrade(FOLDER)
    newest = _words(home.database_url)["schema"]
    for person_id in (kaisa, world.pia.person_id):
        with unit_of_work(scope, world.aino.actor):
            erase(world.aino.actor, person_id)
    done = backups.restore(elsewhere, file, home.backup_key_path)
    with engines.connected(elsewhere.database_url) as line:
        assert line.scalar(sa.select(sa.func.count(SubjectKey.subject_id)))
        assert schema_of(line) == earlier
    redone = again(elsewhere, done.manifest, home.erasures_path)
    assert (redone.listed, redone.erased) == (2, 2)
    told = _words(elsewhere.database_url)
    assert told["schema"] == newest != earlier
    assert "Kaisa" not in told["person"] and "Kerttu" in told["person"]
    assert "pia@example.org" not in str(told)
    assert CANARY not in told["action"] + told["strategy"] + told["employer"]
    assert world.pia.person_id not in told["subject_key"]
    assert again(elsewhere, done.manifest, home.erasures_path).erased == 0
