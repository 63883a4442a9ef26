"""What is asked of how people want to be reached."""

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.notices.preferences.models import DeclinedKind, MessageChoice
from jobsearch.notices.preferences.rules import Choices, Quiet


def find_choice(subject_id: str) -> MessageChoice | None:
    """What a person or account chose, or None while everything is the default."""
    return db.session.scalar(select(MessageChoice).where(MessageChoice.subject_id == subject_id))


def choices_of(subject_id: str | None) -> Choices:
    """What holds for a recipient; the default for one without a key. Two statements."""
    if subject_id is None:
        return Choices()
    row = find_choice(subject_id)
    declined = select(DeclinedKind.kind).where(DeclinedKind.subject_id == subject_id)
    kinds = frozenset(db.session.scalars(declined))
    if row is None:
        return Choices(declined=kinds)
    quiet = Quiet(row.quiet_from_minute, row.quiet_to_minute)
    return Choices(row.channel, row.language, quiet, kinds)
