"""Writes every change of an audited table into the audit trail, in the same transaction."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from jobsearch.audit.keys import subject_key
from jobsearch.audit.models import AccessEntry, AuditCheck, AuditEntry, AuditSeal
from jobsearch.core.access import Actor
from jobsearch.core.append_only import append_only
from jobsearch.core.clock import now
from jobsearch.core.columns import PERSONAL, Encrypted, EncryptedBytes
from jobsearch.core.crypto import seal_with
from jobsearch.core.money import Money
from jobsearch.core.prepared import Prepared
from jobsearch.core.scope import Audited

# Whose data a column holds: nobody's, a person's, or what is not to be written at all.
_Kind = Literal["plain", "private", "secret"]
_SKIPPED = frozenset({"id", "version"})
_ENTER = Prepared(
    insert(AuditEntry).inline(),
    [column.key for column in AuditEntry.__mapper__.columns if column.key != "id"],
)


@event.listens_for(FlaskSession, "after_flush")
def _write_entries(session: Session, _context: UOWTransaction) -> None:
    # after the flush ids exist and the history is still readable
    acts = (("insert", session.new), ("update", session.dirty), ("delete", session.deleted))
    made = [
        _entry(session, row, act) for act, rows in acts for row in rows if isinstance(row, Audited)
    ]
    entries = [entry for entry in made if entry is not None]
    if entries:
        _ENTER.run_of_no_provider(session.connection(), entries)


def _entry(session: Session, row: Any, act: str) -> dict[str, Any] | None:
    plain, private, secret = _changes(row, act)
    if not (plain or private or secret) and act == "update":
        return None
    actor: Actor | None = session.info.get("actor")
    subject = _subject(row) if private else getattr(row, "person_id", None)
    return {
        "at": now(),
        "account_id": actor.account_id if actor else None,
        "role": actor.role_in_trail.value if actor else "system",
        "organisation_id": getattr(row, "organisation_id", None),
        "act": act,
        "table_name": row.__tablename__,
        "row_id": str(inspect(row).identity[0] if inspect(row).identity else row.id),
        "subject_id": subject,
        "fields": sorted((*plain, *private, *secret)),
        "plain": plain or None,
        "sealed": _seal(session, subject, private) if private and subject else None,
    }


@cache
def _watched(mapper: Mapper[Any]) -> dict[str, _Kind]:
    """The columns of a table whose changes are written down, each as what it is."""
    kinds = {attribute.key: _kind(attribute.columns[0]) for attribute in mapper.column_attrs}
    return {name: kind for name, kind in kinds.items() if kind and name not in _SKIPPED}


def _kind(column: Any) -> _Kind | None:
    if column.info.get("unaudited"):
        return None
    if column.info.get("secret") or isinstance(column.type, Encrypted | EncryptedBytes):
        return "secret"
    return "private" if PERSONAL in column.info else "plain"


def _changes(row: Any, act: str) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    """Old and new values: those of nobody, those of a person, and names of secret fields."""
    found: dict[_Kind, dict[str, Any]] = {"plain": {}, "private": {}, "secret": {}}
    state = inspect(row)
    for name, kind in _watched(state.mapper).items():
        if act == "delete":
            values = [_plain(state.dict.get(name)), None]
        elif name not in state.committed_state:
            continue  # nobody has set it
        elif act == "insert":
            values = [None, _plain(state.dict.get(name))]
        else:
            history = state.attrs[name].history
            values = [_first(history.deleted), _first(history.added)]
        if values != [None, None]:
            found[kind][name] = values
    return found["plain"], found["private"], set(found["secret"])


def _first(values: Sequence[Any] | None) -> Any:
    return _plain(values[0]) if values else None


def _subject(row: Any) -> str:
    """Whose data a row holds: its person, else its account, else itself.

    What is erased before its person is names a subject of its own (`audit_subject`).
    """
    owners = (getattr(row, name, None) for name in ("audit_subject", "person_id", "account_id"))
    return str(next((owner for owner in owners if owner), row.id))


def _seal(session: Session, subject: str, values: dict[str, Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False)
    return seal_with(subject_key(session, subject), text.encode())


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Money):
        return value.cents
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return None
    return value


for _model in (AuditEntry, AuditSeal, AuditCheck, AccessEntry):
    append_only(_model.metadata.tables[_model.__tablename__])
