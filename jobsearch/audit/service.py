"""Use cases of the audit trail: note who looked, and what one statement changed in many rows."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert

from jobsearch.audit.models import AccessEntry, AuditEntry, SubjectKey
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.looks import in_emergency


def note_looks(actor: Actor, looks: list[tuple[str, str]], *, refused: bool = False) -> None:
    """Write one row for each look (person, what) of the actor (act 906/2019 section 17).

    `refused` when she was shown nothing: it is kept that she tried.
    """
    at = now()
    rows = [
        {
            "at": at,
            "account_id": actor.account_id,
            "role": actor.role_in_trail.value,
            "organisation_id": actor.organisation_id,
            "person_id": person_id,
            "what": in_emergency(what) if actor.glass is not None else what,
            "refused": refused,
        }
        for person_id, what in looks
    ]
    db.session.connection().execute(insert(AccessEntry), rows)


def note_many(
    actor: Actor, table_name: str, row_id: str, changes: Mapping[str, list[str]], rows: int
) -> None:
    """Write one entry for many rows that one statement changed alike.

    `row_id` is the row of record that says which they were: the pay run that locks hours.
    """
    entry = {
        "at": now(),
        "account_id": actor.account_id,
        "role": actor.role_in_trail.value,
        "organisation_id": actor.organisation_id,
        "act": "update",
        "table_name": table_name,
        "row_id": row_id,
        "subject_id": None,
        "fields": sorted(changes),
        "plain": {**changes, "rows": rows},
        "sealed": None,
    }
    db.session.connection().execute(insert(AuditEntry), [entry])


def note_export(actor: Actor, table_name: str, asked: Mapping[str, str], rows: int) -> None:
    """Write that the actor took a file of the trail itself home: what she asked for, how much."""
    entry = {
        "at": now(),
        "account_id": actor.account_id,
        "role": actor.role_in_trail.value,
        "organisation_id": actor.organisation_id,
        "act": "export",
        "table_name": table_name,
        "row_id": "",
        "subject_id": None,
        "fields": sorted(asked),
        "plain": {**asked, "rows": rows},
        "sealed": None,
    }
    db.session.connection().execute(insert(AuditEntry), [entry])


def note_erased(table_name: str, row_ids: Sequence[str], subjects: Sequence[str] = ()) -> None:
    """Write one entry for each row that was erased: its key, and not a word of what it held.

    `subjects` are persons who are gone altogether: their keys are destroyed, and with them every
    value of theirs in the trail (GDPR art. 17). The entries and the chain stay.
    """
    at, info = now(), db.session().info
    actor: Actor | None = info.get("actor")
    entries = [
        {
            "at": at,
            "account_id": actor.account_id if actor else None,
            "role": actor.role_in_trail.value if actor else "system",
            "organisation_id": info["scope"].only,
            "act": "erase",
            "table_name": table_name,
            "row_id": row_id,
            "subject_id": None,
            "fields": [],
            "plain": None,
            "sealed": None,
        }
        for row_id in row_ids
    ]
    if entries:
        db.session.connection().execute(insert(AuditEntry), entries)
    if subjects:
        gone = delete(SubjectKey).where(SubjectKey.subject_id.in_(subjects))
        db.session.connection().execute(gone)
        known = info.get("subject_keys", {})
        for subject in subjects:
            known.pop(subject, None)
