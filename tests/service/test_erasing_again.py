"""A restored backup does not bring back who was erased."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.operating import __main__ as operating
from jobsearch.operating import backups
from jobsearch.operating.erasures import again
from jobsearch.people.models import Person
from jobsearch.privacy.erasure.service import erase
from tests.service.test_backups import elsewhere, home  # noqa: F401 - fixtures
from tests.world import make_person

pytestmark = pytest.mark.usefixtures("context")


def _names(url: str) -> set[str]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = set(connection.scalars(sa.select(Person.given_name)))
    engine.dispose()
    return found


def test_who_was_erased_after_the_backup_is_still_gone(app, world, home, elsewhere, tmp_path):  # noqa: F811
    app.config["JOBSEARCH"] = home
    scope = Scope(frozenset({world.a.organisation_id}), "test")
    with unit_of_work(scope):
        kaisa = make_person(world.a.organisation_id, "Kaisa", "Kuusi", "+358405550001").id
        make_person(world.a.organisation_id, "Kerttu", "Koivu", "+358405550002")
    file, _manifest = backups.save(home, tmp_path / "kept")
    with unit_of_work(scope, world.aino.actor):
        erase(world.aino.actor, kaisa)
    assert "Kaisa" not in _names(home.database_url)
    done = backups.restore(elsewhere, file, home.backup_key_path)
    assert "Kaisa" in _names(elsewhere.database_url)
    redone = again(elsewhere, done.manifest, home.erasures_path)
    assert (redone.listed, redone.erased) == (1, 1)
    assert "Kaisa" not in _names(elsewhere.database_url)
    assert "Kerttu" in _names(elsewhere.database_url)
    assert again(elsewhere, done.manifest, home.erasures_path).erased == 0


def test_a_missing_journal_is_told_loudly(home, elsewhere, tmp_path):  # noqa: F811
    _file, manifest = backups.save(home, tmp_path / "kept")
    redone = again(elsewhere, manifest, elsewhere.erasures_path)
    assert redone.is_missing
    assert "WARNING: THE JOURNAL OF ERASURES IS MISSING" in operating._told_of(redone)
    assert replace(elsewhere, erasures="/shared/erasures").erasures_path.name == "erasures"
