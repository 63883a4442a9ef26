"""What is asked of outcomes to correct: one, and how it was changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.audit.models import AuditEntry
from jobsearch.audit.queries import MOST, read_change, select_changes
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.rules import Found, FoundThrough, Origin
from jobsearch.people.models import Person

_TOLD = (
    *("kind", "began_on", "ended_on", "weekly_minutes", "own_field", "found_through"),
    *("fit", "evidence", "seen"),
)


@dataclass(frozen=True, slots=True)
class Correctable:
    """One noted outcome and whose it is."""

    outcome: Outcome
    name: str


def get_outcome(outcome_id: str, coach_id: str | None = None, *, held: bool = False) -> Correctable:
    """One outcome, for staff; a coach in her own groups. Raises NotVisible."""
    statement = (
        select(Outcome, Person.given_name, Person.family_name)
        .join(Enrolment, Enrolment.id == Outcome.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Outcome.person_id)
        .where(Outcome.id == outcome_id)
    )
    if coach_id is not None:
        statement = statement.where(Cohort.coach_id == coach_id)
    if held:
        statement = statement.with_for_update(of=Outcome).execution_options(populate_existing=True)
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    return Correctable(row[0], f"{row[1]} {row[2]}".strip())


def found_of(outcome: Outcome) -> Found:
    """An outcome as it was filled in."""
    has_origin = outcome.lead_id or outcome.action_id
    return Found(
        kind=outcome.kind,
        began_on=outcome.began_on,
        ended_on=outcome.ended_on,
        found_through=outcome.found_through or FoundThrough.OTHER,
        evidence=outcome.evidence,
        weekly_minutes=outcome.weekly_minutes,
        own_field=outcome.own_field,
        fit=outcome.fit,
        origin=Origin(outcome.lead_id, outcome.action_id) if has_origin else None,
        seen=outcome.seen,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One correction: who changed what when, each field from what to what."""

    at: datetime
    by: str | None
    fields: Sequence[tuple[str, object, object]]


def list_corrections(organisation_id: str, outcome_ids: Collection[str]) -> list[Change]:
    """What was corrected in some outcomes of one person, oldest first. One statement.

    What the trail can no longer open, because the person was erased, is left out.
    """
    if not outcome_ids:
        return []
    statement = (
        select_changes(organisation_id, "outcome", outcome_ids)
        .add_columns(Account.name)
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .limit(MOST)
    )
    rows = db.session.execute(statement)
    changes = [(read_change(entry, key), name) for entry, key, name in rows]
    return [
        Change(
            one.at, name, [(field, *one.values[field]) for field in _TOLD if field in one.values]
        )
        for one, name in changes
        if one.act == "update" and any(field in _TOLD for field in one.values)
    ]
