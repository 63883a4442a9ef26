"""Use cases of one's own choices of messages."""

from collections.abc import Iterable

from sqlalchemy import delete

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.notices.preferences import queries
from jobsearch.notices.preferences.models import DeclinedKind, MessageChoice
from jobsearch.notices.preferences.rules import Choices
from jobsearch.notices.rules import TextKind


def save_choices(subject_id: str, choices: Choices, offered: Iterable[TextKind]) -> None:
    """Keep how somebody wants to be reached, and which of the offered kinds she does without.

    Raises RuleBroken for a kind that cannot be declined.
    """
    known = {kind.key: kind for kind in offered}
    if any(key not in known or not known[key].optional for key in choices.declined):
        raise RuleBroken(N_("This message cannot be left out."), "wanted")
    row = queries.find_choice(subject_id)
    if row is None:
        row = MessageChoice(subject_id=subject_id)
        db.session.add(row)
    row.channel, row.language = choices.channel_or_usual, choices.language
    row.quiet_from_minute = choices.quiet.from_minute
    row.quiet_to_minute = choices.quiet.to_minute
    row.chosen_at = now()
    _decline(subject_id, known, choices.declined)


def _decline(subject_id: str, offered: Iterable[str], declined: Iterable[str]) -> None:
    """Of the offered kinds exactly these are declined; what was not offered stays as it was."""
    wanted_off = set(declined)
    before = queries.declined_by(subject_id)
    gone = (before & set(offered)) - wanted_off
    db.session.execute(
        delete(DeclinedKind).where(
            DeclinedKind.subject_id == subject_id, DeclinedKind.kind.in_(gone)
        )
    )
    for kind in sorted(wanted_off - before):
        db.session.add(DeclinedKind(subject_id=subject_id, kind=kind, declined_at=now()))
    db.session.flush()


def stop_kinds(subject_id: str, kinds: Iterable[TextKind]) -> None:
    """Decline optional kinds, as a mail program does by one click; twice is as good as once."""
    keys = {kind.key for kind in kinds if kind.optional}
    for key in sorted(keys - queries.declined_by(subject_id)):
        db.session.add(DeclinedKind(subject_id=subject_id, kind=key, declined_at=now()))
    db.session.flush()


def forget_choices(subject_id: str) -> None:
    """Erase everything that somebody chose."""
    for table in (DeclinedKind, MessageChoice):
        db.session.execute(delete(table).where(table.subject_id == subject_id))
