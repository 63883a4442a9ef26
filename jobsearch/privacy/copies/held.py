"""Values of a change as the record of changes wrote them, turned back into what columns hold."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, inspect
from sqlalchemy import Enum as SqlEnum

from jobsearch.core.columns import UTC, MoneyType
from jobsearch.core.db import Base
from jobsearch.core.money import Money


def as_held(table_name: str, field: str, written: Any) -> Any:
    """What a column held: a choice, money, a day, an instant; else the value as it was written.

    What a column has come to hold since then need not fit what was written of it in its time.
    """
    kind = _types(table_name).get(field)
    if written is None or kind is None:
        return written
    try:
        return _held(kind, written)
    except (TypeError, ValueError):
        return written


def _held(kind: Any, written: Any) -> Any:
    if isinstance(kind, SqlEnum) and kind.enum_class is not None:
        return kind.enum_class(written)
    if isinstance(kind, MoneyType):
        return Money(written)
    if isinstance(kind, UTC):
        return datetime.fromisoformat(written)
    if isinstance(kind, Date):
        return date.fromisoformat(written)
    return written


@cache
def _types(table_name: str) -> Mapping[str, Any]:
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ == table_name:
            return {one.key: one.columns[0].type for one in inspect(mapper.class_).column_attrs}
    return {}
