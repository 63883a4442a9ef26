"""What is asked of how people want to be reached."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from jobsearch.core.db import db
from jobsearch.notices.preferences.models import DeclinedKind, MessageChoice
from jobsearch.notices.preferences.rules import Choices, Quiet
from jobsearch.notices.rules import TextKind


def find_choice(subject_id: str) -> MessageChoice | None:
    """What a person or account chose, or None while everything is the default."""
    return db.session.scalar(select(MessageChoice).where(MessageChoice.subject_id == subject_id))


def declined_by(subject_id: str) -> frozenset[str]:
    """The keys of the optional kinds that somebody does not want."""
    statement = select(DeclinedKind.kind).where(DeclinedKind.subject_id == subject_id)
    return frozenset(db.session.scalars(statement))


def has_declined(subject_id: InstrumentedAttribute[str], kind: TextKind) -> ColumnElement[bool]:
    """Whether the person or account of a row does not want messages of an optional kind."""
    return exists().where(DeclinedKind.subject_id == subject_id, DeclinedKind.kind == kind.key)


def choices_of(subject_id: str | None) -> Choices:
    """What holds for a recipient; the default for one without a key. Two statements."""
    if subject_id is None:
        return Choices()
    row, kinds = find_choice(subject_id), declined_by(subject_id)
    if row is None:
        return Choices(declined=kinds)
    quiet = Quiet(row.quiet_from_minute, row.quiet_to_minute)
    return Choices(row.channel, row.language, quiet, kinds)
