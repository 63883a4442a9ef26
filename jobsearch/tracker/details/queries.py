"""What is asked before details are kept: the same thing logged before, and an own lead."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.tracker.leads.models import Lead
from jobsearch.tracker.models import Action, Employer
from jobsearch.tracker.rules import TWIN_DAYS, Activity, is_twin


@dataclass(frozen=True, slots=True)
class Twin:
    """An action at the same employer for the same job, within 30 days of another."""

    id: str
    on: date
    employer: str
    role_title: str


def find_twin(
    employer_id: str, activity: Activity, role: str, on: date, but: str | None = None
) -> Twin | None:
    """The nearest action that this one may double; employers of one key are one employer.

    `but` is the action itself, where it is logged already.
    """
    known = select(Employer.person_id, Employer.name_key).where(Employer.id == employer_id)
    this = known.subquery()
    statement = (
        select(Action.id, Action.on, Action.activity, Employer.name, Action.role_title)
        .join(Employer, Employer.id == Action.employer_id)
        .join(this, this.c.name_key == Employer.name_key)
        .where(
            Employer.person_id == this.c.person_id,
            Action.undone_at.is_(None),
            Action.role_title.is_not(None),
            Action.on.between(on - timedelta(days=TWIN_DAYS), on + timedelta(days=TWIN_DAYS)),
            Action.id != (but or ""),
        )
        .order_by(Action.on.desc(), Action.logged_at.desc(), Action.id)
    )
    for row in db.session.execute(statement):
        if is_twin(activity, role, row.activity, row.role_title):
            return Twin(row.id, row.on, row.name, row.role_title)
    return None


@dataclass(frozen=True, slots=True)
class OwnLead:
    """A lead of one person, to log something done about it."""

    id: str
    employer_id: str
    employer: str
    role_title: str


def find_own_lead(person_id: str, lead_id: str) -> OwnLead | None:
    """A lead of this person; None for anybody else's."""
    statement = (
        select(Lead.id, Lead.employer_id, Employer.name, Lead.role_title)
        .join(Employer, Employer.id == Lead.employer_id)
        .where(Lead.id == lead_id, Lead.person_id == person_id)
    )
    row = db.session.execute(statement).first()
    return None if row is None else OwnLead(*row)


def find_named(person_id: str, name_key: str) -> str | None:
    """The employer of a person's register whose name has this key; of several the one used last."""
    statement = (
        select(Employer.id)
        .outerjoin(Action, Action.employer_id == Employer.id)
        .where(Employer.person_id == person_id, Employer.name_key == name_key)
        .group_by(Employer.id)
        .order_by(func.max(Action.logged_at).desc().nulls_last(), Employer.id)
        .limit(1)
    )
    return db.session.scalar(statement)
