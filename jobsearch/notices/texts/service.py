"""Use cases of an organisation's own wordings: write one, go back to the default."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.text import LANGUAGES
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import TextKind, Written
from jobsearch.notices.texts import queries
from jobsearch.notices.texts.models import OwnWording
from jobsearch.notices.texts.rules import check_wording
from jobsearch.notices.wording import in_house


def save_wording(actor: Actor, kind: TextKind, language: str, words: Written, seen: str) -> None:
    """Keep a wording as the organisation's own; it holds from the next message on.

    `seen` is the key of the version that was edited, "" for the default. What equals the default is
    the default. Raises RuleBroken for a text that cannot be used, Conflict when somebody else has
    changed it meanwhile.
    """
    if language not in LANGUAGES:
        raise RuleBroken(N_("Choose a language."), "language")
    checked = check_wording(kind, words)
    current = _still(actor, kind, language, seen)
    if checked == queries.written_in(current):
        return
    _end(current)
    if checked == in_house(kind, language):
        return
    db.session.add(
        OwnWording(
            organisation_id=actor.organisation_id,
            kind=kind.key,
            language=language,
            subject=checked.subject,
            body=checked.body,
            sms=checked.sms,
            written_at=now(),
            written_by_id=actor.account_id,
            written_by=actor.name,
        )
    )
    db.session.flush()


def use_default(actor: Actor, kind: TextKind, language: str, seen: str) -> None:
    """Go back to the house's wording. Raises Conflict when somebody else has changed it."""
    _end(_still(actor, kind, language, seen))


def _still(actor: Actor, kind: TextKind, language: str, seen: str) -> OwnWording | None:
    """The version that holds, if it is the one that was seen."""
    current = queries.find_wording(actor.organisation_id, kind.key, language)
    if (current.id if current else "") != seen:
        raise Conflict
    return current


def _end(current: OwnWording | None) -> None:
    if current is not None:
        current.ended_at = now()
        db.session.flush()  # before the next version: one holds at a time
