"""The role of web server and scheduler on PostgreSQL writes rows and changes nothing recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import ProgrammingError

from jobsearch.audit.models import AuditEntry
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.tracker.models import Action
from tests.pages import client_of
from tests.postgres import ENGINE
from tests.world import World

SQL = Path(__file__).parents[2] / "docs" / "database-role.sql"

pytestmark = pytest.mark.skipif(ENGINE != "postgresql", reason="SQLite has no roles")


@pytest.fixture
def as_web(app: Flask, context: None) -> Iterator[sa.Engine]:
    """The application's own connections, each in the role of the web server."""
    with db.engine.connect() as owner:
        owner.exec_driver_sql(SQL.read_text())
        owner.commit()

    def become(line: object, _record: object) -> None:
        line.execute("SET ROLE jobsearch_web")  # type: ignore[attr-defined]
        line.commit()  # type: ignore[attr-defined]

    engine = db.engine
    engine.dispose()
    sa.event.listen(engine, "connect", become)
    yield engine
    sa.event.remove(engine, "connect", become)
    engine.dispose()
    with engine.connect() as owner:
        owner.exec_driver_sql("DROP OWNED BY jobsearch_web")
        owner.exec_driver_sql("DROP ROLE jobsearch_web")
        owner.commit()


def refused(engine: sa.Engine, order: str) -> bool:
    """Whether the database refuses this for want of a right."""
    with engine.connect() as line, pytest.raises(ProgrammingError) as error:
        line.exec_driver_sql(order)
    return "permission denied" in str(error.value) or "must be owner" in str(error.value)


def test_the_application_works_in_it_and_leaves_its_trail(
    as_web: sa.Engine, app: Flask, world: World
) -> None:
    answer = client_of(app, world.pia).send("/job-search/log/employer_contact")
    assert answer.status_code in (200, 303), answer.text
    for name in ("aino", "pia", "paula", "stig"):
        assert client_of(app, world.cast[name]).get("/today").status_code == 200
    with unit_of_work(whole_installation("test"), read_only=True):
        assert db.session.query(Action).count() == 1
        assert db.session.query(AuditEntry).filter_by(table_name="action").count() == 1


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE audit_entry SET act = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DELETE FROM access_entry",
        "UPDATE audit_seal SET digest = 'x'",
        "UPDATE consent SET valid_to = valid_to",
        "UPDATE contract_signature SET id = id",
        "DELETE FROM frozen_report",
    ],
)
def test_it_cannot_change_what_has_been_recorded(as_web: sa.Engine, order: str) -> None:
    assert refused(as_web, order)


@pytest.mark.parametrize(
    "order",
    [
        "ALTER TABLE person ADD COLUMN x integer",
        "DROP TABLE person",
        "CREATE TABLE x (y integer)",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "CREATE ROLE x",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
    ],
)
def test_it_cannot_change_the_tables_or_their_guards(as_web: sa.Engine, order: str) -> None:
    assert refused(as_web, order)


def test_every_table_that_is_append_only_is_so_for_it() -> None:
    told = SQL.read_text()
    tables = {name.removesuffix("_append_only") for name in _triggers()}
    assert tables and all(table in told for table in tables)


def _triggers() -> set[str]:
    from jobsearch.core.db import Base

    made = (
        str(listener.statement)
        for table in Base.metadata.tables.values()
        for listener in table.dispatch.after_create
        if isinstance(listener, sa.DDL)
    )
    return {
        text.split()[2]
        for text in made
        if text.startswith("CREATE TRIGGER") and "append_only BEFORE" in text
    }
