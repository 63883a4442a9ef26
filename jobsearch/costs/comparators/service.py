"""Use cases of comparators: enter one, end one."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict
from jobsearch.costs.comparators.models import Comparator
from jobsearch.costs.comparators.queries import get_comparator
from jobsearch.costs.comparators.rules import Figure, check_figure
from jobsearch.programmes.queries import get_programme


def enter_comparator(actor: Actor, figure: Figure, programme_id: str | None = None) -> Comparator:
    """Keep a figure of another service, for one programme or for all of them.

    RuleBroken for what cannot be judged or cannot be; NotVisible for another provider's programme.
    """
    check_figure(figure)
    if programme_id is not None:
        get_programme(programme_id)
    row = Comparator(
        organisation_id=actor.organisation_id,
        programme_id=programme_id,
        service=figure.service,
        population=figure.population,
        period=figure.period,
        source=figure.source,
        caveat=figure.caveat,
        found=figure.found,
        out_of=figure.of,
        percent_bp=figure.percent.basis_points if figure.percent else None,
        amount=figure.amount,
        entered_by_id=actor.account_id,
        entered_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def end_comparator(actor: Actor, comparator_id: str, version: int) -> None:
    """Take a comparator out of use; the row stays. Raises NotVisible, Conflict."""
    row = get_comparator(comparator_id)
    if row.version != version:
        raise Conflict
    row.ended_by_id, row.ended_at = actor.account_id, now()
    db.session.flush()
