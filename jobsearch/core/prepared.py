"""Statements of the pages that are opened most: compiled once, with the tenant filter in them.

Most of what a small SELECT costs is to find out that it has been compiled before. A `Prepared` one
knows its text, how its values are written and how its rows are read; a poll that asks one thing
of one row is twice as fast with it. Everything else goes through `db.session` as usual.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import SelectBase

from jobsearch.core.db import db
from jobsearch.core.scope import TENANT, ScopeBroken, narrowed

_Reads = list[tuple[int, Callable[[Any], Any]]]


class _Text:
    """A statement as one kind of database reads it."""

    def __init__(self, statement: SelectBase, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self._compiled = compiled
        self._fixed: dict[str, Any] | None = None
        self._writes: Mapping[str, Any] = {}
        columns = statement.selected_columns
        self._row: Any = namedtuple("_row", columns.keys(), rename=True)  # type: ignore[misc]
        reads = (column.type.dialect_impl(dialect) for column in columns)
        found = [(at, kind.result_processor(dialect, None)) for at, kind in enumerate(reads)]
        self._reads: _Reads = [(at, read) for at, read in found if read is not None]

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Ask, and read what comes."""
        result = connection.exec_driver_sql(*self._ask(values))
        make, reads = self._row._make, self._reads
        rows = []
        for raw in result:
            row = list(raw)
            for at, read in reads:
                row[at] = read(row[at])
            rows.append(make(row))
        return rows

    def _ask(self, values: Mapping[str, Any]) -> tuple[str, Any]:
        if self._fixed is None or self._compiled.post_compile_params:
            return self._expand(values)
        asked = dict(self._fixed)
        for name, value in values.items():
            write = self._writes.get(name)
            asked[name] = value if write is None else write(value)
        return self._compiled.string, self._in_order(asked, self._compiled.positiontup)

    def _expand(self, values: Mapping[str, Any]) -> tuple[str, Any]:
        """The first time, and always where a list of values makes the text longer or shorter."""
        state = self._compiled.construct_expanded_state(dict(values))
        self._writes = state.processors
        asked = {
            name: self._writes[name](value) if name in self._writes else value
            for name, value in state.parameters.items()
        }
        self._fixed = {name: value for name, value in asked.items() if name not in values}
        return state.statement, self._in_order(asked, state.positiontup)

    @staticmethod
    def _in_order(asked: dict[str, Any], names: Any) -> Any:
        return asked if names is None else tuple([asked[name] for name in names])


class Prepared:
    """A SELECT of columns whose values are all named by `bindparam`."""

    def __init__(self, statement: SelectBase) -> None:
        self._statement: Any = statement
        self._texts: dict[tuple[str, bool], _Text] = {}

    def rows(self, **values: Any) -> list[Any]:
        """The rows that this unit of work may see, as tuples with names.

        Raises ScopeBroken outside of a unit of work.
        """
        session = db.session()
        scope = session.info.get("scope")
        if scope is None:
            raise ScopeBroken("a statement outside a unit of work")
        if scope.only is None:  # nobody's, everybody's or several providers': the usual way
            return list(session.execute(self._statement, values))
        if not session.info.get("read_only"):
            session.flush()
        values[TENANT] = scope.only
        connection = session.connection()
        return self._text(connection.dialect, owned=True).rows(connection, values)

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        rows = self.rows(**values)
        return rows[0] if rows else None

    def first_before_scope(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row, of tables that belong to no organisation: who signs in."""
        rows = self._text(connection.dialect, owned=False).rows(connection, values)
        return rows[0] if rows else None

    def _text(self, dialect: Dialect, *, owned: bool) -> _Text:
        key = (dialect.name, owned)
        if key not in self._texts:
            statement = narrowed(self._statement) if owned else self._statement
            self._texts[key] = _Text(statement, dialect)
        return self._texts[key]
