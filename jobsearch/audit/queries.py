"""What the audit trail tells of single rows: who changed which fields, when, from what to what."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from jobsearch.audit.models import AuditCheck, AuditEntry, AuditSeal, SubjectKey
from jobsearch.core.crypto import open_with
from jobsearch.core.db import db

MOST = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row; `values` holds old and new by field.

    `is_erased` when the personal ones can be read no more: their subject's key is destroyed.
    """

    at: datetime
    account_id: str | None
    role: str | None
    act: str
    row_id: str
    fields: tuple[str, ...]
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    is_erased: bool = False


def list_changes(
    organisation_id: str, table_name: str, row_ids: Collection[str], limit: int = MOST
) -> list[Change]:
    """The changes of some rows of one organisation, oldest first. One statement."""
    statement = select_changes(organisation_id, table_name, row_ids).limit(limit)
    return [read_change(entry, key) for entry, key in db.session.execute(statement)]


def select_changes(
    organisation_id: str, table_name: str, row_ids: Collection[str]
) -> Select[AuditEntry, bytes]:
    """The changes of some rows of one organisation, oldest first, each with its subject's key.

    The trail knows no tenant filter, so the organisation is asked for here; who may read these
    rows' values, the caller has settled.
    """
    return (
        select(AuditEntry, SubjectKey.sealed_key)
        .outerjoin(SubjectKey, SubjectKey.subject_id == AuditEntry.subject_id)
        .where(
            AuditEntry.table_name == table_name,
            AuditEntry.row_id.in_(row_ids),
            AuditEntry.organisation_id == organisation_id,
        )
        .order_by(AuditEntry.id)
    )


def read_change(entry: AuditEntry, key: bytes | None) -> Change:
    """An entry with its values, as far as the subject's key still opens them."""
    values: dict[str, Any] = dict(entry.plain or {})
    if entry.sealed and key:
        values |= json.loads(open_with(key, bytes(entry.sealed)))
    return Change(
        at=entry.at,
        account_id=entry.account_id,
        role=entry.role,
        act=entry.act,
        row_id=entry.row_id,
        fields=tuple(entry.fields),
        values={name: (pair[0], pair[1]) for name, pair in values.items()},
        is_erased=bool(entry.sealed) and key is None,
    )


def find_last_check() -> AuditCheck | None:
    """The newest check of the hash chain."""
    return db.session.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1)).first()


def find_last_full_check() -> AuditCheck | None:
    """The newest check that read the chain from its beginning."""
    statement = select(AuditCheck).where(AuditCheck.is_full).order_by(AuditCheck.id.desc())
    return db.session.scalars(statement.limit(1)).first()


def find_last_seal() -> AuditSeal | None:
    """The newest seal."""
    return db.session.scalars(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1)).first()
