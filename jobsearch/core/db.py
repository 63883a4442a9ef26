"""The database: base class, engine manners, and the one unit of work that commits."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import g
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Date, MetaData, String, event, orm
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from jobsearch.core.access import Actor
from jobsearch.core.columns import (
    UTC,
    Encrypted,
    EncryptedBytes,
    Key,
    MoneyType,
    WordsType,
    enum_type,
    impersonal,
    personal,
)
from jobsearch.core.errors import Conflict, FateUnknown
from jobsearch.core.manners import (
    PatientConnection,
    connect_patiently,
    sweep_sqlite,
    teach_postgresql,
    teach_sqlite,
)
from jobsearch.core.money import Money
from jobsearch.core.scope import Audited, Owned, Scope, open_scope
from jobsearch.core.text import Words

__all__ = [
    "UTC",
    "Audited",
    "Base",
    "Encrypted",
    "EncryptedBytes",
    "Key",
    "MoneyType",
    "Owned",
    "Versioned",
    "WordsType",
    "connection",
    "db",
    "enum_type",
    "impersonal",
    "personal",
    "sweep",
    "unit_of_work",
]

READ_ONLY = "jobsearch_read_only"

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the house."""

    registry = orm.registry(
        metadata=MetaData(naming_convention=_NAMES),
        type_annotation_map={
            str: String(),
            datetime: UTC(),
            date: Date(),
            Money: MoneyType(),
            Words: WordsType(),
        },
    )


class Versioned:
    """A row with a state or with money: the loser of a race gets a Conflict."""

    version: Mapped[int] = mapped_column(default=1)

    @orm.declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (a directive gets the class)
        return {"version_id_col": cls.version}


@dataclass(frozen=True, slots=True)
class _Opening:
    """A request's connection, and what its session will know if somebody asks for one."""

    connection: Connection
    info: dict[str, Any]


class _RequestSession(FlaskSession):
    """A session that joins the connection of its request, on which it was asked who comes.

    Most requests of a morning are polls, which need no session at all.
    """

    def __init__(self, db: SQLAlchemy, **options: Any) -> None:
        super().__init__(db, **options)
        opening: _Opening | None = g.get("opening")
        if opening is not None:
            self.bind = opening.connection
            self.join_transaction_mode = "control_fully"
            self.info.update(opening.info)

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        """The request's connection, else the engine."""
        return self.bind or super().get_bind(*args, **options)


db = SQLAlchemy(
    model_class=Base, session_options={"class_": _RequestSession, "expire_on_commit": False}
)


@event.listens_for(Engine, "do_connect")
def _patiently(
    dialect: Dialect, _record: ConnectionPoolEntry, words: Any, settings: dict[str, Any]
) -> Any:
    if dialect.name != "postgresql":
        return None
    return connect_patiently(words, settings)


@event.listens_for(Engine, "connect")
def _in_order(connection: object, _record: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        teach_sqlite(connection)
    elif isinstance(connection, PatientConnection):
        teach_postgresql(connection)


@event.listens_for(Engine, "begin")
def _sqlite_begin(connection: Connection) -> None:
    raw: object = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        return
    reading = connection.get_execution_options().get(READ_ONLY)
    # a deferred BEGIN that writes later loses updates silently or is refused at once
    order = "BEGIN" if reading else "BEGIN IMMEDIATE"
    try:
        raw.execute(order)  # said to the driver itself: each request begins so
    except sqlite3.OperationalError as error:  # somebody else writes for too long
        raise OperationalError(order, None, error) from error


def open_request(*, read_only: bool) -> dict[str, Any]:
    """Take a connection for this request; returns what its session is going to know.

    The scope has to be put there before anything but `connection` is asked.
    """
    connection = db.engine.connect().execution_options(**{READ_ONLY: read_only})
    g.opening = _Opening(connection, {"read_only": True} if read_only else {})
    info: dict[str, Any] = g.opening.info
    return info


def connection() -> Connection:
    """The connection of this request or unit of work, for what is asked before there is a scope."""
    opening: _Opening | None = g.get("opening")
    return db.session.connection() if opening is None else opening.connection


def begin(scope: Scope, actor: Actor | None = None, *, read_only: bool = False) -> Session:
    """Open this context's session with its scope; nothing may have been asked of it before."""
    session: Session = db.session()
    open_scope(session, scope)
    session.info["actor"] = actor
    if read_only:
        session.info["read_only"] = True
        session.connection(execution_options={READ_ONLY: True})
    return session


def commit() -> None:
    """Make the unit of work true.

    Raises Conflict when someone else changed the same thing, and FateUnknown when the line broke
    before the database said that it was done.
    """
    if not db.session.registry.has():
        return  # nobody asked for a session, so nothing was changed
    try:
        db.session.flush()
        _make_true()
    except (StaleDataError, IntegrityError) as error:
        db.session.rollback()
        raise Conflict(str(error)) from error


def _make_true() -> None:
    try:
        db.session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise FateUnknown(str(error)) from error
        raise


def let_go() -> None:
    """End the transaction before waiting for another machine: nobody waits for our locks.

    Nothing may have been changed yet; what was loaded is forgotten, and the next question begins
    a new transaction in the same scope.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed before another machine was asked")
    session.rollback()


def close() -> None:
    """Roll back what was not committed and let the session and its connection go."""
    db.session.remove()
    opening: _Opening | None = g.pop("opening", None)
    if opening is not None:
        opening.connection.close()


def sweep() -> bool:
    """Let no byte of what was erased stay in an SQLite file; PostgreSQL does it by itself.

    False when others were in the way: then another time.
    """
    lent = db.engine.raw_connection()
    try:
        raw: object = lent.dbapi_connection
        return not isinstance(raw, sqlite3.Connection) or sweep_sqlite(raw)
    finally:
        lent.close()


@contextmanager
def unit_of_work(
    scope: Scope, actor: Actor | None = None, *, read_only: bool = False
) -> Iterator[Session]:
    """One transaction for a job, a command or a test: all of it is kept, or nothing.

    Raises Conflict when someone else changed the same thing first.
    """
    close()
    try:
        yield begin(scope, actor, read_only=read_only)
        if not read_only:
            commit()
    except (StaleDataError, IntegrityError) as error:
        raise Conflict(str(error)) from error
    finally:
        close()
