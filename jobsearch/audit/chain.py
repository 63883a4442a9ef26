"""The hash chain over the audit trail: each seal covers a run of entries and the seal before it.

Personal values enter it as ciphertext, so it still verifies when a subject's key is destroyed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from jobsearch.audit.models import AuditCheck, AuditEntry, AuditSeal
from jobsearch.audit.queries import find_last_check
from jobsearch.core.clock import now
from jobsearch.core.db import db

# an entry's number is given before its transaction ends: younger ones may still lack a neighbour
SETTLED = timedelta(seconds=30)
RUN = 5000
_SEALS = 500
_SAID = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.account_id,
    AuditEntry.role,
    AuditEntry.organisation_id,
    AuditEntry.act,
    AuditEntry.table_name,
    AuditEntry.row_id,
    AuditEntry.subject_id,
    AuditEntry.fields,
    AuditEntry.plain,
    AuditEntry.sealed,
)


@dataclass(slots=True)
class Checked:
    """What a check found: how many seals it read, the last of them, and those that do not hold.

    `is_full`: it began with the first one. `missing` says that the seal up to which was checked
    before is gone, or is another one now.
    """

    seals: int = 0
    last_seal_id: int | None = None
    last_digest: str | None = None
    broken: list[int] = field(default_factory=list)
    missing: bool = False
    is_full: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether the trail is what was sealed."""
        return not self.broken and not self.missing


def seal_new_entries() -> int:
    """Add one seal for the settled entries after the last; returns how many it covers."""
    last = db.session.scalars(select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1)).first()
    settled = now() - SETTLED
    ready: list[Any] = []
    for entry in _entries(last.last_entry_id if last else 0, None):
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


def check_chain(*, everything: bool) -> Checked:
    """Read the chain on from the last seal that was found whole, or from its beginning.

    One run of entries is in memory at a time. What was entered between two runs counts to the
    second one, so that nothing is slipped in there.
    """
    before = None if everything else find_last_check()
    found = Checked()
    if before is not None and before.last_seal_id is not None and before.is_whole:
        found.last_seal_id, found.last_digest = before.last_seal_id, before.last_digest
        found.is_full = False
    last = _start_of(found)
    for seal in _seals_after(found.last_seal_id or 0):
        entries = _entries(last, seal.last_entry_id)
        if _digest(found.last_digest or "", entries) != seal.digest:
            found.broken.append(seal.id)
        found.seals += 1
        found.last_seal_id, found.last_digest = seal.id, seal.digest
        last = seal.last_entry_id
    return found


def note_check(found: Checked) -> None:
    """Keep what a check found; the next one goes on from there, unless something was broken."""
    row = {
        "checked_at": now(),
        "is_full": found.is_full,
        "is_whole": found.is_whole,
        "seals": found.seals,
        "last_seal_id": found.last_seal_id,
        "last_digest": found.last_digest,
        "broken": found.broken[:_SEALS],
    }
    db.session.execute(insert(AuditCheck), [row])


def _start_of(found: Checked) -> int:
    """The last entry that was checked; from the beginning where that seal is not what it was."""
    if found.last_seal_id is None:
        return 0
    seal = db.session.get(AuditSeal, found.last_seal_id)
    if seal is not None and seal.digest == found.last_digest:
        return seal.last_entry_id
    found.missing, found.is_full = True, True
    found.last_seal_id, found.last_digest = None, None
    return 0


def _seals_after(seal_id: int) -> Iterator[Any]:
    columns = (AuditSeal.id, AuditSeal.last_entry_id, AuditSeal.digest)
    while True:
        statement = select(*columns).where(AuditSeal.id > seal_id).order_by(AuditSeal.id)
        some = db.session.execute(statement.limit(_SEALS)).all()
        yield from some
        if len(some) < _SEALS:
            return
        seal_id = some[-1].id


def _entries(after: int, upto: int | None) -> Iterable[Any]:
    statement = select(*_SAID).where(AuditEntry.id > after).order_by(AuditEntry.id)
    if upto is not None:
        return db.session.execute(statement.where(AuditEntry.id <= upto)).yield_per(RUN)
    return db.session.execute(statement.limit(RUN)).all()


def _digest(before: str, entries: Iterable[Any]) -> str:
    chain = hashlib.sha256(before.encode())
    for entry in entries:
        fields = [
            entry.id,
            entry.at.isoformat(),
            *entry[2:-1],
            (entry.sealed or b"").hex(),
        ]
        chain.update(json.dumps(fields, sort_keys=True).encode())
    return chain.hexdigest()
