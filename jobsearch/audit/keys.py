"""The keys of persons and accounts under which the audit trail keeps their values."""

import secrets
from collections.abc import Collection

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from jobsearch.audit.models import SubjectKey
from jobsearch.core.db import db
from jobsearch.core.prepared import Prepared

_KEY = Prepared(
    select(SubjectKey.sealed_key).where(SubjectKey.subject_id == bindparam("subject_id"))
)


def subject_key(session: Session, subject_id: str) -> bytes:
    """The key of a subject, made at her first entry. Kept in memory for this session only."""
    known: dict[str, bytes] = session.info.setdefault("subject_keys", {})
    if subject_id not in known:
        known[subject_id] = _load(session, subject_id) or _make(session, subject_id)
    return known[subject_id]


def find_keys(subject_ids: Collection[str]) -> dict[str, bytes]:
    """The keys of subjects, to read with; one that is destroyed is not among them."""
    if not subject_ids:
        return {}
    statement = select(SubjectKey.subject_id, SubjectKey.sealed_key).where(
        SubjectKey.subject_id.in_(subject_ids)
    )
    return {row.subject_id: row.sealed_key for row in db.session.execute(statement)}


def _load(session: Session, subject_id: str) -> bytes | None:
    row = _KEY.first_of_no_provider(session.connection(), {"subject_id": subject_id})
    return None if row is None else row.sealed_key


def _make(session: Session, subject_id: str) -> bytes:
    key = secrets.token_bytes(32)
    row = {"subject_id": subject_id, "sealed_key": key}
    session.connection().execute(insert(SubjectKey), [row])
    return key
