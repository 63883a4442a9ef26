"""Where an outcome can have come from: a person's own leads, and what she logged."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, literal, select, union_all

from jobsearch.core.db import db
from jobsearch.outcomes.rules import Origin
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.models import Action, Employer

_MOST = 30
_LEAD, _ACTION, _NAMED = "lead", "action", "named"
_Found = Select[str, str, str | None, str, date]


@dataclass(frozen=True, slots=True)
class Origins:
    """What an outcome can be said to come from, by key and words, and the words of what is named.

    `offered` are the person's leads and then what she logged at an employer beside them, the newest
    first; `words` is by the key of the lead or action itself.
    """

    offered: list[tuple[str, str]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)


def list_origins(person_id: str) -> list[tuple[str, str]]:
    """What a person's outcome can be said to come from; one statement."""
    return load_origins(person_id).offered


def load_origins(person_id: str, named: Collection[str] = ()) -> Origins:
    """A person's newest leads and actions, and those named however old; one statement."""
    parts = [
        _leads(_LEAD)
        .where(Lead.person_id == person_id)
        .order_by(Lead.stage_on.desc(), Lead.id)
        .limit(_MOST),
        _actions(_ACTION)
        .where(Action.person_id == person_id, Action.lead_id.is_(None), Action.undone_at.is_(None))
        .order_by(Action.on.desc(), Action.id)
        .limit(_MOST),
    ]
    if named:
        parts.append(_leads(_NAMED).where(Lead.id.in_(named)))
        parts.append(_actions(_NAMED).where(Action.id.in_(named)))
    rows = db.session.execute(union_all(*(select(part.subquery()) for part in parts)))
    found = Origins()
    for source, key, title, employer, _on in sorted(rows, key=_newest_first):
        found.words[key] = ", ".join(filter(None, (title, employer)))
        if source != _NAMED:
            origin = Origin(lead_id=key) if source == _LEAD else Origin(action_id=key)
            found.offered.append((origin.key, found.words[key]))
    return found


def _leads(source: str) -> _Found:
    return select(
        literal(source).label("source"), Lead.id, Lead.role_title, Employer.name, Lead.stage_on
    ).join(Employer, Employer.id == Lead.employer_id)


def _actions(source: str) -> _Found:
    return select(
        literal(source).label("source"), Action.id, Action.role_title, Employer.name, Action.on
    ).join(Employer, Employer.id == Action.employer_id)


def _newest_first(row: Row[*tuple[Any, ...]]) -> tuple[bool, int, str]:
    source, key, _title, _employer, on = row
    return source != _LEAD, -on.toordinal(), key


def is_of_person(origin: Origin, person_id: str) -> bool:
    """Whether the lead or the action is this person's."""
    if origin.lead_id:
        statement = select(Lead.person_id).where(Lead.id == origin.lead_id)
    else:
        statement = select(Action.person_id).where(Action.id == origin.action_id)
    return db.session.scalar(statement) == person_id
