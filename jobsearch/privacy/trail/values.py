"""The values of one change, as far as a manager may read them by the marks of their columns."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect, select

from jobsearch.audit.keys import find_keys
from jobsearch.audit.models import AuditEntry
from jobsearch.core.access import Actor
from jobsearch.core.columns import PERSONAL
from jobsearch.core.crypto import open_with
from jobsearch.core.db import Base, db
from jobsearch.core.errors import NotVisible
from jobsearch.privacy.trail.rules import is_for_managers


class Reading(StrEnum):
    """How a field of a change is shown."""

    SHOWN = "shown"
    ERASED = "erased"
    UNWRITTEN = "unwritten"
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a change: how it is shown, and its values before and after where it is."""

    name: str
    reading: Reading
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class OneChange:
    """One change with its fields."""

    id: int
    at: datetime
    account_id: str | None
    role: str | None
    act: str
    table_name: str
    row_id: str
    subject_id: str | None
    fields: tuple[Field, ...]


def get_change(actor: Actor, entry_id: int) -> OneChange:
    """One change at the manager's organisation; two statements. Raises NotVisible."""
    statement = select(AuditEntry).where(
        AuditEntry.id == entry_id, AuditEntry.organisation_id == actor.organisation_id
    )
    entry = db.session.scalar(statement)
    if entry is None:
        raise NotVisible
    return OneChange(
        entry.id,
        entry.at,
        entry.account_id,
        entry.role,
        entry.act,
        entry.table_name,
        entry.row_id,
        entry.subject_id,
        tuple(_fields(entry)),
    )


def _fields(entry: AuditEntry) -> list[Field]:
    key = find_keys({entry.subject_id}).get(entry.subject_id) if entry.subject_id else None
    values: dict[str, Any] = dict(entry.plain or {})
    marks = _sees(entry.table_name)
    if entry.sealed and key:
        values |= json.loads(open_with(key, bytes(entry.sealed)))
    is_erased = bool(entry.sealed) and key is None
    return [_field(name, values.get(name), marks, is_erased) for name in entry.fields]


def _field(name: str, pair: Any, marks: dict[str, str], is_erased: bool) -> Field:
    if name in marks and not is_for_managers(marks[name]):
        return Field(name, Reading.NOT_YOURS)
    if pair is None:
        is_gone = is_erased and name in marks
        return Field(name, Reading.ERASED if is_gone else Reading.UNWRITTEN)
    if not (isinstance(pair, list) and len(pair) == 2):
        pair = [None, pair]
    return Field(name, Reading.SHOWN, pair[0], pair[1])


def _sees(table_name: str) -> dict[str, str]:
    """Who sees each personal column of a table, by its name."""
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ == table_name:
            columns = {one.key: one.columns[0] for one in inspect(mapper.class_).column_attrs}
            marked = {name: one.info.get(PERSONAL) for name, one in columns.items()}
            return {name: mark["sees"] for name, mark in marked.items() if mark}
    return {}
