"""Writes every change of an audited table into the audit trail, in the same transaction."""

import json
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from jobsearch.audit.keys import subject_key
from jobsearch.audit.models import AccessEntry, AuditEntry, AuditSeal
from jobsearch.core.access import Actor
from jobsearch.core.append_only import append_only
from jobsearch.core.clock import now
from jobsearch.core.columns import PERSONAL, Encrypted, EncryptedBytes
from jobsearch.core.crypto import seal_with
from jobsearch.core.money import Money
from jobsearch.core.prepared import Prepared
from jobsearch.core.scope import Audited

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
        "role": actor.role.value if actor else "system",
        "organisation_id": getattr(row, "organisation_id", None),
        "act": act,
        "table_name": row.__tablename__,
        "row_id": str(inspect(row).identity[0] if inspect(row).identity else row.id),
        "subject_id": subject,
        "fields": sorted((*plain, *private, *secret)),
        "plain": plain or None,
        "sealed": _seal(session, subject, private) if private and subject else None,
    }


def _changes(row: Any, act: str) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    """Old and new values: those of nobody, those of a person, and names of secret fields."""
    plain: dict[str, Any] = {}
    private: dict[str, Any] = {}
    secret: set[str] = set()
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0]
        name = attribute.key
        if name in _SKIPPED or column.info.get("unaudited"):
            continue
        history = state.attrs[name].history
        if act == "delete":
            values = [_plain(state.dict.get(name)), None]
        elif history.has_changes():
            values = [
                _plain(history.deleted[0]) if history.deleted else None,
                _plain(history.added[0]) if history.added else None,
            ]
        else:
            continue
        if values == [None, None]:
            continue
        if column.info.get("secret") or isinstance(column.type, Encrypted | EncryptedBytes):
            secret.add(name)
        elif PERSONAL in column.info:
            private[name] = values
        else:
            plain[name] = values
    return plain, private, secret


def _subject(row: Any) -> str:
    """Whose data a row holds: its person, else its account, else itself."""
    return str(getattr(row, "person_id", None) or getattr(row, "account_id", None) or row.id)


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


for _model in (AuditEntry, AuditSeal, AccessEntry):
    append_only(_model.metadata.tables[_model.__tablename__])
