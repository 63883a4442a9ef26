"""Use cases of own figures: enter or correct one, approve, refuse, take back."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.rates.own import queries
from jobsearch.rates.own.models import OwnRate
from jobsearch.rates.own.rules import (
    Figure,
    ProposalState,
    check_figure,
    check_four_eyes,
    check_free,
    check_state,
)


def propose_rate(actor: Actor, figure: Figure, replaces_id: str | None = None) -> OwnRate:
    """Enter a figure; it is used when another person has approved it.

    With `replaces_id` it corrects an own figure that is in use. RuleBroken for a value or days that
    cannot be and for days that another own figure has; NotVisible for a figure that is not there.
    """
    check_figure(figure)
    if replaces_id is not None:
        check_state(queries.get_own_rate(replaces_id).state, ProposalState.REPLACED)
    check_free(figure, queries.days_in_use(figure.key, replaces_id))
    row = OwnRate(
        organisation_id=actor.organisation_id,
        key=figure.key,
        unit=figure.unit,
        value=figure.value,
        valid_from=figure.valid.first,
        valid_to=figure.valid.last,
        source=figure.source,
        confidence=figure.confidence,
        replaces_id=replaces_id,
        proposed_by_id=actor.account_id,
        proposed_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def approve_rate(actor: Actor, own_rate_id: str, version: int) -> OwnRate:
    """Put a figure in use. RuleBroken for the one who entered it, and when its days are taken by
    now; Conflict when somebody else has changed it.
    """
    queries.hold_figures(actor)
    row = _seen(own_rate_id, version)
    check_state(row.state, ProposalState.APPROVED)
    check_four_eyes(row.proposed_by_id, actor.account_id)
    check_free(row.as_figure(), queries.days_in_use(row.key, row.replaces_id))
    if row.replaces_id is not None:
        replaced = queries.get_own_rate(row.replaces_id)
        check_state(replaced.state, ProposalState.REPLACED)
        replaced.state = ProposalState.REPLACED
        db.session.flush()
    return _decide(actor, row, ProposalState.APPROVED, "")


def refuse_rate(actor: Actor, own_rate_id: str, version: int, words: str) -> OwnRate:
    """Say no to a figure, with a few words. RuleBroken for the one who entered it."""
    row = _seen(own_rate_id, version)
    check_state(row.state, ProposalState.REFUSED)
    check_four_eyes(row.proposed_by_id, actor.account_id)
    return _decide(actor, row, ProposalState.REFUSED, words)


def withdraw_rate(actor: Actor, own_rate_id: str, version: int) -> OwnRate:
    """Take a figure back that nobody has decided yet."""
    row = _seen(own_rate_id, version)
    check_state(row.state, ProposalState.WITHDRAWN)
    return _decide(actor, row, ProposalState.WITHDRAWN, "")


def _seen(own_rate_id: str, version: int) -> OwnRate:
    row = queries.get_own_rate(own_rate_id)
    if row.version != version:
        raise Conflict
    return row


def _decide(actor: Actor, row: OwnRate, state: ProposalState, words: str) -> OwnRate:
    row.state, row.words = state, words
    row.decided_by_id, row.decided_at = actor.account_id, now()
    db.session.flush()
    return row
