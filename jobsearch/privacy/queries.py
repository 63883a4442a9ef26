"""Reads what there is about one person, table by table, from the marks of the columns."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, or_, select

from jobsearch.accounts.models import Membership
from jobsearch.core.columns import PERSONAL
from jobsearch.core.db import Base
from jobsearch.privacy.rules import PERSON_ID, way_of


@cache
def personal_models() -> tuple[type[Any], ...]:
    """Every table with a column about people, by name of the table."""
    marked = [
        mapper.class_
        for mapper in Base.registry.mappers
        if any(PERSONAL in column.info for column in mapper.columns)
    ]
    return tuple(sorted(marked, key=lambda model: str(model.__tablename__)))


def is_hers(model: type[Any], person_id: str) -> ColumnElement[bool]:
    """The condition under which rows of a table are one person's: her own, or her account's.

    Raises LookupError for a table whose rows are nobody's.
    """
    way = way_of(model.__tablename__, frozenset(inspect(model).column_attrs.keys()))
    if way is None:
        raise LookupError(model.__tablename__)
    column: Any = getattr(model, way)
    if model.__tablename__ == "person" or way == PERSON_ID:
        return column == person_id  # type: ignore[no-any-return]
    if way == "subject_id":
        return or_(column == person_id, column.in_(accounts_of(person_id)))
    if model.__tablename__ == "account" or way == "account_id":
        return column.in_(accounts_of(person_id))  # type: ignore[no-any-return]
    target = model_of(next(iter(inspect(model).columns[way].foreign_keys)).column.table.name)
    return column.in_(select(target.id).where(is_hers(target, person_id)))  # type: ignore[no-any-return]


def accounts_of(person_id: str) -> Select[Any]:
    """The keys of the accounts with which a person signs in, as a part of another statement."""
    return select(Membership.account_id).where(Membership.person_id == person_id)


@cache
def model_of(table_name: str) -> type[Any]:
    """The model of a table, by its name."""
    return next(
        mapper.class_
        for mapper in Base.registry.mappers
        if mapper.class_.__tablename__ == table_name
    )
