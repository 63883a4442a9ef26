"""Whose data is restricted now."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.people.restrictions.models import ProcessingRestriction


def find_restriction(person_id: str) -> ProcessingRestriction | None:
    """The restriction of a person that holds now, or None."""
    return db.session.scalar(
        select(ProcessingRestriction).where(
            ProcessingRestriction.person_id == person_id, ProcessingRestriction.ended_at.is_(None)
        )
    )


def is_restricted(person_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether the data of the person of a row is restricted now."""
    return exists().where(
        ProcessingRestriction.person_id == person_id, ProcessingRestriction.ended_at.is_(None)
    )


def hold_person(person_id: str, *, alone: bool) -> None:
    """Let a change of her restriction and the passing on of something wait for each other.

    Whoever changes it holds her `alone`; those who pass something on do not hinder each other.
    """
    statement = select(Person.id).where(Person.id == person_id)
    db.session.scalar(statement.with_for_update(read=not alone))
