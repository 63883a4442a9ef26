"""Turning the keys: a new key is made, every sealed value is sealed anew, the old key goes last.

Each step leaves a working installation, and each can be stopped and begun again: a value says
itself under which key it is.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    Table,
    and_,
    func,
    inspect,
    select,
    type_coerce,
    update,
)

from jobsearch.core.columns import Encrypted, EncryptedBytes
from jobsearch.core.crypto import Keyring, read_keyring, replace_keyring
from jobsearch.core.db import Base
from jobsearch.operating.rules import Refused

BATCH = 100
_MOST_KEYS = 255  # the number of its key is one byte of every sealed value


def turn(path: Path) -> int:
    """Add a key to the key file and seal with it from now on; returns its number. Raises Refused.

    Running processes go on with the key that they know: start them anew before `reseal`.
    """
    ring = read_keyring(path)
    number = max(ring.keys) + 1
    if number > _MOST_KEYS:
        raise Refused(f"There have been {_MOST_KEYS} keys, and a value has room for no more.")
    replace_keyring(
        path, replace(ring, current=number, keys={**ring.keys, number: token_bytes(32)})
    )
    return number


def count_by_key(connection: Connection) -> dict[int, int]:
    """How many values are sealed under each key."""
    counts: dict[int, int] = {}
    there = {
        (table, one["name"])
        for (_schema, table), columns in inspect(connection).get_multi_columns().items()
        for one in columns
    }
    for table, column in sealed_columns():
        if (table.name, column.name) not in there:
            continue  # an older schema, which is about to be saved or upgraded
        head = _head(column)
        asked = select(head, func.count()).where(column.is_not(None)).group_by(head)
        for found, many in connection.execute(asked):
            number = bytes(found)[0]
            counts[number] = counts.get(number, 0) + many
    return counts


def reseal(engine: Engine, ring: Keyring) -> Iterator[int]:
    """Seal what is under older keys under the current one, a batch a transaction.

    Gives how many were done after each batch. Whatever has changed meanwhile is left to the next
    look: a value is replaced only while it is still the one that was read.
    """
    for table, column in sealed_columns():
        while done := _reseal_some(engine, ring, table, column):
            yield done


def drop(path: Path, number: int, connection: Connection) -> None:
    """Take a key out of the key file. Raises Refused while a value needs it."""
    ring = read_keyring(path)
    if number not in ring.keys or number == ring.current:
        raise Refused(f"Key {number} is not in the file, or is the one in use.")
    if needed := count_by_key(connection).get(number, 0):
        raise Refused(f"{needed} values are still under key {number}: run flask keys reseal first.")
    keys = {one: key for one, key in ring.keys.items() if one != number}
    replace_keyring(path, replace(ring, keys=keys))


def sealed_columns() -> list[tuple[Table, Column[Any]]]:
    """Every column that is encrypted with the installation's keys."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Encrypted | EncryptedBytes)
    ]


def _head(column: Column[Any]) -> ColumnElement[bytes]:
    raw = type_coerce(column, LargeBinary)
    return func.substr(raw, 2, 1, type_=LargeBinary)


def _reseal_some(engine: Engine, ring: Keyring, table: Table, column: Column[Any]) -> int:
    kind: Any = column.type
    purpose: str = kind.purpose
    raw = type_coerce(column, LargeBinary)
    keys = list(table.primary_key)
    asked = (
        select(*keys, raw.label("sealed"))
        .where(column.is_not(None), _head(column) != bytes([ring.current]))
        .order_by(*keys)
        .limit(BATCH)
    )
    with engine.begin() as connection:
        rows = list(connection.execute(asked))
        for row in rows:
            old = bytes(row.sealed)
            same = and_(*(key == value for key, value in zip(keys, row, strict=False)))
            new = ring.seal(ring.open(old, purpose), purpose)
            connection.execute(
                update(table)
                .where(same, raw == old)
                .values({column: type_coerce(new, LargeBinary)})
            )
    return len(rows)
