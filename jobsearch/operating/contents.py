"""Reads whole databases as they are: every table, without the features' types and filters."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, TableClause, column, inspect, select, table

from jobsearch.operating.rules import Contents

_BATCH = 500
_MOST = 2**256
_VERSION = "alembic_version"


def tables_of(connection: Connection) -> list[TableClause]:
    """The tables that are there, by name, with columns that know no type: values as they lie."""
    found = inspect(connection).get_multi_columns()
    return [
        table(name, *(column(one["name"]) for one in columns))
        for (_schema, name), columns in sorted(found.items(), key=lambda one: one[0][1])
    ]


def contents_of(connection: Connection) -> dict[str, Contents]:
    """Rows and digest of every table. It reads everything: a minute for some millions of rows."""
    return {one.name: _contents(connection, one) for one in tables_of(connection)}


def schema_of(connection: Connection) -> str:
    """The revision of the schema, empty where there is none."""
    if not inspect(connection).has_table(_VERSION):
        return ""
    revision: Any = column("version_num")
    return str(connection.scalar(select(revision).select_from(table(_VERSION))) or "")


def _contents(connection: Connection, whole: TableClause) -> Contents:
    rows = total = 0
    for row in _rows(connection, whole):
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest(), "big")
    return Contents(rows, f"{total % _MOST:064x}")


def _rows(connection: Connection, whole: TableClause) -> Iterator[tuple[object, ...]]:
    streamed = connection.execution_options(yield_per=_BATCH)
    for row in streamed.execute(select(whole)):
        yield tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
