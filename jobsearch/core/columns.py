"""Column types and the marks that columns carry."""

import json
from datetime import UTC as UTC_ZONE
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import DateTime, Integer, LargeBinary, String, Text
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

from jobsearch.core.crypto import keyring
from jobsearch.core.money import Money
from jobsearch.core.text import Words
from jobsearch.core.tokens import KEY_LENGTH, new_key

Key = Annotated[str, mapped_column(String(KEY_LENGTH), primary_key=True, default=new_key)]
"""The random key of a row; it stands in addresses, so it is not serial."""

PERSONAL = "personal"


def personal(*, purpose: str, basis: str, retention: str, sees: str) -> dict[str, Any]:
    """The mark of a personal column: why it is kept, on what basis, how long and who sees it."""
    return {PERSONAL: {"purpose": purpose, "basis": basis, "retention": retention, "sees": sees}}


def impersonal(why: str) -> dict[str, Any]:
    """The mark of a column in a table about people that by itself says nothing about one."""
    return {"impersonal": why}


class UTC(TypeDecorator[datetime]):
    """An aware instant, stored in UTC on both engines; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant; SQLite gets it without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        value = value.astimezone(UTC_ZONE)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back aware, in UTC."""
        if value is None:
            return None
        return (
            value.replace(tzinfo=UTC_ZONE) if value.tzinfo is None else value.astimezone(UTC_ZONE)
        )


class MoneyType(TypeDecorator[Money]):
    """Money as whole cents."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        """Store the cents."""
        return None if value is None else value.cents

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        """Give the money back; PostgreSQL adds sums up to a number that is no int."""
        if value is None:
            return None
        return Money(value if type(value) is int else int(value))


class WordsType(TypeDecorator[Words]):
    """A text in up to three languages."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Words | None, dialect: Dialect) -> str | None:
        """Store as JSON with readable letters."""
        return None if value is None else json.dumps(dict(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Words | None:
        """Give the words back."""
        return None if value is None else Words(json.loads(value))


class Encrypted(TypeDecorator[str]):
    """A text that is unreadable in the database and its backups; `purpose` names the column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt."""
        return None if value is None else keyring().seal(value.encode(), self.purpose)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Decrypt."""
        return None if value is None else keyring().open(bytes(value), self.purpose).decode()


class EncryptedBytes(TypeDecorator[bytes]):
    """Bytes that are unreadable in the database and its backups."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt."""
        return None if value is None else keyring().seal(value, self.purpose)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Decrypt."""
        return None if value is None else keyring().open(bytes(value), self.purpose)


def enum_type(kind: type[StrEnum], name: str = "") -> SqlEnum:
    """A column for an enum: its values as text with a CHECK, the same on both engines.

    A second column of the same kind in one table needs a name of its own for its CHECK.
    """
    name = name or "".join("_" + c.lower() if c.isupper() else c for c in kind.__name__).lstrip("_")
    return SqlEnum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )
