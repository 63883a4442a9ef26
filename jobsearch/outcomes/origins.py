"""Where an outcome can have come from: a person's own leads, and what she logged."""

from collections.abc import Collection

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.outcomes.rules import Origin
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.models import Action, Employer

_MOST = 30


def list_origins(person_id: str) -> list[tuple[str, str]]:
    """A person's leads and what she logged at an employer beside them, by key and words.

    The newest first; two statements.
    """
    leads = (
        select(Lead.id, Lead.role_title, Employer.name)
        .join(Employer, Employer.id == Lead.employer_id)
        .where(Lead.person_id == person_id)
        .order_by(Lead.stage_on.desc(), Lead.id)
        .limit(_MOST)
    )
    found = [
        (Origin(lead_id=key).key, f"{title}, {employer}")
        for key, title, employer in db.session.execute(leads)
    ]
    actions = (
        select(Action.id, Action.role_title, Employer.name)
        .join(Employer, Employer.id == Action.employer_id)
        .where(Action.person_id == person_id, Action.lead_id.is_(None), Action.undone_at.is_(None))
        .order_by(Action.on.desc(), Action.id)
        .limit(_MOST)
    )
    found += [
        (Origin(action_id=key).key, ", ".join(filter(None, (title, employer))))
        for key, title, employer in db.session.execute(actions)
    ]
    return found


def words_of(origins: Collection[str]) -> dict[str, str]:
    """The words of leads and actions by their keys. Two statements."""
    leads = (
        select(Lead.id, Lead.role_title, Employer.name)
        .join(Employer, Employer.id == Lead.employer_id)
        .where(Lead.id.in_(origins))
    )
    actions = (
        select(Action.id, Action.role_title, Employer.name)
        .join(Employer, Employer.id == Action.employer_id)
        .where(Action.id.in_(origins))
    )
    return {
        key: ", ".join(filter(None, (title, employer)))
        for statement in (leads, actions)
        for key, title, employer in db.session.execute(statement)
    }


def is_of_person(origin: Origin, person_id: str) -> bool:
    """Whether the lead or the action is this person's."""
    if origin.lead_id:
        statement = select(Lead.person_id).where(Lead.id == origin.lead_id)
    else:
        statement = select(Action.person_id).where(Action.id == origin.action_id)
    return db.session.scalar(statement) == person_id
