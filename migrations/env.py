"""Runs the migrations on the application's database, the same on both engines."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, DateTime
from sqlalchemy.types import TypeDecorator

from jobsearch.core.db import Base, db


def run() -> None:
    """Upgrade or downgrade in one transaction; on SQLite with foreign keys off and checked after.

    A table that is rebuilt while foreign keys are on deletes the rows of its children.
    """
    engine = db.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            _take_time(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            compare_server_default=True,
            transactional_ddl=True,
            render_item=_plain_type,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite:
                _check_foreign_keys(connection)
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def _take_time(connection: Connection) -> None:
    """A page's patience is no measure for a large table; locks are still not waited for long."""
    connection.connection.driver_connection.patience = None
    connection.exec_driver_sql("SET statement_timeout = 0")
    connection.commit()


def _plain_type(kind: str, thing: object, _context: object) -> str | bool:
    """Migrations name the database's own types: they outlive the classes of today."""
    if kind != "type" or not isinstance(thing, TypeDecorator):
        return False
    stored = thing.impl
    if isinstance(stored, DateTime):
        return "sa.DateTime(timezone=True)"
    return f"sa.{type(stored).__name__}()"


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise RuntimeError(f"the migration leaves rows without their parents: {orphans[:5]}")


if context.is_offline_mode():
    raise RuntimeError("Migrations run on a database, not into a file.")
assert current_app, "run by: flask --app wsgi db upgrade"
run()
