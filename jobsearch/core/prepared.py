"""Statements of the pages that are opened most: compiled once, with the tenant filter in them.

Most of what a small statement costs is to find out that it has been compiled before. A `Prepared`
one knows its text, how its values are written and how its rows are read; a poll that asks one
thing of one row is twice as fast with it. Everything else goes through `db.session` as usual.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

from jobsearch.core.db import db
from jobsearch.core.scope import TENANT, ScopeBroken, narrowed

_Reads = list[tuple[int, Callable[[Any], Any]]]


class _Text:
    """A statement as one kind of database reads it."""

    def __init__(self, statement: SelectBase | UpdateBase, names: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=names)
        assert isinstance(compiled, SQLCompiler)
        self._compiled = compiled
        self._fixed: dict[str, Any] | None = None
        writes = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect)
            for name, bound in compiled.binds.items()
        }
        self._writes = {name: write for name, write in writes.items() if write is not None}
        columns: Any = statement.exported_columns
        self._row: Any = namedtuple("_row", columns.keys(), rename=True)  # type: ignore[misc]
        reads = (column.type.dialect_impl(dialect) for column in columns)
        found = [(at, kind.result_processor(dialect, None)) for at, kind in enumerate(reads)]
        self._reads: _Reads = [(at, read) for at, read in found if read is not None]

    def run(self, connection: Connection, some: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
        """Say it once for each of the values."""
        said = [self._say(values) for values in some]
        values = said[0][1] if len(said) == 1 else [values for _text, values in said]
        return connection.exec_driver_sql(said[0][0], values)

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Ask, and read what comes."""
        answer = self._answer(connection, values)
        make, reads = self._row._make, self._reads
        rows = []
        for raw in answer:
            row = list(raw)
            for at, read in reads:
                if row[at] is not None:
                    row[at] = read(row[at])
            rows.append(make(row))
        return rows

    def _answer(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """The rows as the driver gives them: how they are read is known here."""
        if connection.in_transaction():
            cursor: Any = connection.connection.cursor()
            # the library's own way for questions without a result of its own: what a result would
            # find out about the columns costs more than the question
            connection._cursor_execute(cursor, *self._say(values))
        else:  # the first question of a request begins its transaction
            cursor = self.run(connection, (values,)).cursor
        answer: Sequence[Any] = cursor.fetchall()
        cursor.close()
        return answer

    def _say(self, values: Mapping[str, Any]) -> tuple[str, Any]:
        if self._fixed is None or self._compiled.post_compile_params:
            return self._expand(values)
        asked = dict(self._fixed)
        for name, value in values.items():
            asked[name] = self._written(name, value)
        return self._compiled.string, self._in_order(asked, self._compiled.positiontup)

    def _expand(self, values: Mapping[str, Any]) -> tuple[str, Any]:
        """The first time, and always where a list of values makes the text longer or shorter."""
        state = self._compiled.construct_expanded_state(dict(values))
        whole = {one: name for name, ones in state.parameter_expansion.items() for one in ones}
        asked = {
            name: self._written(whole.get(name, name), value)
            for name, value in state.parameters.items()
        }
        self._fixed = {name: value for name, value in asked.items() if name not in values}
        return state.statement, self._in_order(asked, state.positiontup)

    def _written(self, name: str, value: Any) -> Any:
        write = self._writes.get(name)
        return value if write is None else write(value)

    @staticmethod
    def _in_order(asked: dict[str, Any], names: Any) -> Any:
        return asked if names is None else tuple([asked[name] for name in names])


class Prepared:
    """A statement whose values are all named by `bindparam`, or the columns of an INSERT.

    It asks for columns, never for entities, and the session does not learn what it changes.
    """

    def __init__(self, statement: SelectBase | UpdateBase, columns: Sequence[str] = ()) -> None:
        self._statement: Any = statement
        self._columns = list(columns) or None
        self._changes = isinstance(statement, UpdateBase)
        self._texts: dict[tuple[str, bool], _Text] = {}

    def rows(self, **values: Any) -> list[Any]:
        """The rows that this unit of work may see, as tuples with names.

        Raises ScopeBroken outside of a unit of work, and for a change in one that only reads.
        """
        session = db.session()
        scope, is_reading = session.info.get("scope"), session.info.get("read_only")
        if scope is None or (is_reading and self._changes):
            raise ScopeBroken("outside a unit of work, or a change in one that only reads")
        if scope.only is None:  # nobody's, everybody's or several providers': the usual way
            return list(session.execute(self._statement, values))
        if not is_reading:
            session.flush()
        values[TENANT] = scope.only
        connection = session.connection()
        return self._text(connection.dialect, owned=True).rows(connection, values)

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        rows = self.rows(**values)
        return rows[0] if rows else None

    def first_of_no_provider(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row of tables that belong to no organisation: who signs in."""
        rows = self._text(connection.dialect, owned=False).rows(connection, values)
        return rows[0] if rows else None

    def run_of_no_provider(
        self, connection: Connection, values: Sequence[Mapping[str, Any]]
    ) -> None:
        """Write rows into a table that belongs to no organisation: the trail."""
        self._text(connection.dialect, owned=False).run(connection, values)

    def _text(self, dialect: Dialect, *, owned: bool) -> _Text:
        key = (dialect.name, owned)
        if key not in self._texts:
            statement = narrowed(self._statement) if owned else self._statement
            self._texts[key] = _Text(statement, self._columns, dialect)
        return self._texts[key]
