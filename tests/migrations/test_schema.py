"""The migrations build what the models say, on both engines, and back again."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from jobsearch.app import create_app
from jobsearch.config import Config, Mode
from jobsearch.core.crypto import new_keyring, write_keyring
from jobsearch.core.db import Base, db
from tests.postgres import ENGINE, create_database, drop_database, server_url

FOLDER = str(Path(__file__).parents[2] / "migrations")


@pytest.fixture
def empty(tmp_path):
    """An application on a database without a table."""
    write_keyring(tmp_path / "keys", new_keyring())
    if ENGINE == "sqlite":
        yield create_app(Config(Mode.TEST, tmp_path, f"sqlite:///{tmp_path}/m.db", "http://x"))
        return
    with server_url() as server:
        url = create_database(server)
        app = create_app(Config(Mode.TEST, tmp_path, url, "http://x"))
        yield app
        with app.app_context():
            db.engine.dispose()
        drop_database(server, url)


def _triggers(connection: sa.Connection) -> set[str]:
    if ENGINE == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return {row[0] for row in connection.execute(sa.text(query))}


def _schema(connection: sa.Connection) -> dict[str, object]:
    looked = sa.inspect(connection)
    schema = {}
    for table in sorted(looked.get_table_names()):
        if table == "alembic_version":
            continue
        schema[table] = (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in looked.get_columns(table)),
            sorted(
                (i["name"], tuple(i["column_names"]), i["unique"])
                for i in looked.get_indexes(table)
            ),
            sorted(
                (u["name"], tuple(u["column_names"])) for u in looked.get_unique_constraints(table)
            ),
            sorted(c["name"] for c in looked.get_check_constraints(table)),
            sorted(
                (f["name"] or "", tuple(f["constrained_columns"]), f["referred_table"])
                for f in looked.get_foreign_keys(table)
            ),
        )
    return schema


def test_the_migrations_build_the_models_tables_and_triggers(empty):
    with empty.app_context():
        upgrade(FOLDER)
        with db.engine.connect() as connection:
            migrated, triggers = _schema(connection), _triggers(connection)
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
        downgrade(FOLDER, revision="base")
        with db.engine.begin() as connection:
            assert _schema(connection) == {}
            assert _triggers(connection) == set()
            Base.metadata.create_all(connection)
        with db.engine.connect() as connection:
            assert migrated == _schema(connection)
            assert triggers == _triggers(connection)
            assert triggers


def test_up_and_down_and_up_again_is_the_same(empty):
    with empty.app_context():
        upgrade(FOLDER)
        with db.engine.connect() as connection:
            first = _schema(connection)
        downgrade(FOLDER, revision="base")
        upgrade(FOLDER)
        with db.engine.connect() as connection:
            assert _schema(connection) == first
