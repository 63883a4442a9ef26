"""The hash chain over the audit trail: each seal covers a run of entries and the seal before it.

Personal values enter it as ciphertext, so it still verifies when a subject's key is destroyed.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import insert, select

from jobsearch.audit.models import AuditEntry, AuditSeal
from jobsearch.core.clock import now
from jobsearch.core.db import db

# an entry's number is given before its transaction ends: younger ones may still lack a neighbour
SETTLED = timedelta(seconds=30)
RUN = 5000


def seal_new_entries() -> int:
    """Add one seal for the settled entries after the last; returns how many it covers."""
    last = db.session.scalars(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1)).first()
    after = last.last_entry_id if last else 0
    entries = _entries(after, None)
    settled = now() - SETTLED
    ready: list[AuditEntry] = []
    for entry in entries:
        if entry.at > settled:
            break
        ready.append(entry)
    if not ready:
        return 0
    seal = {
        "first_entry_id": ready[0].id,
        "last_entry_id": ready[-1].id,
        "digest": _digest(last.digest if last else "", ready),
        "sealed_at": now(),
    }
    db.session.execute(insert(AuditSeal), [seal])
    return len(ready)


def broken_seals() -> list[int]:
    """The seals whose entries are no longer what was sealed; empty when the trail is whole."""
    broken = []
    before = ""
    for seal in db.session.scalars(select(AuditSeal).order_by(AuditSeal.id)):
        if _digest(before, _entries(seal.first_entry_id - 1, seal.last_entry_id)) != seal.digest:
            broken.append(seal.id)
        before = seal.digest
    return broken


def _entries(after: int, upto: int | None) -> list[AuditEntry]:
    statement = select(AuditEntry).where(AuditEntry.id > after).order_by(AuditEntry.id)
    if upto is not None:
        return list(db.session.scalars(statement.where(AuditEntry.id <= upto)))
    return list(db.session.scalars(statement.limit(RUN)))


def _digest(before: str, entries: Iterable[AuditEntry]) -> str:
    chain = hashlib.sha256(before.encode())
    for entry in entries:
        fields = [
            entry.id,
            entry.at.isoformat(),
            entry.account_id,
            entry.role,
            entry.organisation_id,
            entry.act,
            entry.table_name,
            entry.row_id,
            entry.subject_id,
            entry.fields,
            entry.plain,
            (entry.sealed or b"").hex(),
        ]
        chain.update(json.dumps(fields, sort_keys=True).encode())
    return chain.hexdigest()
