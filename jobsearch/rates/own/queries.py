"""What is asked of a provider's own figures."""

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import Span
from jobsearch.organisations.models import Organisation
from jobsearch.rates.own.models import OwnRate
from jobsearch.rates.own.rules import ProposalState
from jobsearch.rates.rules import RateKey

MOST_SHOWN = 200


def get_own_rate(own_rate_id: str) -> OwnRate:
    """One entered figure. Raises NotVisible."""
    statement = select(OwnRate).where(OwnRate.id == own_rate_id)
    row = db.session.scalar(statement)
    if row is None:
        raise NotVisible
    return row


def list_own_rates() -> list[OwnRate]:
    """Every figure that was entered, those that wait first, then the newest; with who did it."""
    waits = case((OwnRate.state == ProposalState.PROPOSED, 0), else_=1)
    statement = (
        select(OwnRate)
        .options(joinedload(OwnRate.proposed_by), joinedload(OwnRate.decided_by))
        .order_by(waits, OwnRate.proposed_at.desc(), OwnRate.id)
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(statement))


def days_in_use(key: RateKey, besides: str | None) -> list[Span]:
    """The days of the own figures of a kind that are in use, but for one of them."""
    statement = (
        select(OwnRate.valid_from, OwnRate.valid_to)
        .where(
            OwnRate.key == key,
            OwnRate.state == ProposalState.APPROVED,
            OwnRate.id != (besides or ""),
        )
        .order_by(OwnRate.valid_from)
    )
    return [Span(first, last) for first, last in db.session.execute(statement)]


def hold_figures(actor: Actor) -> None:
    """Two approvals at once come one after the other: the second sees what the first put in use."""
    statement = select(Organisation).where(Organisation.id == actor.organisation_id)
    db.session.scalar(statement.with_for_update())
