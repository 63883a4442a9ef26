"""Begins a link between a person and her municipal coach, and ends the one before."""

from datetime import date, timedelta

from jobsearch.consents import queries
from jobsearch.consents.models import CoachLink
from jobsearch.core.clock import now
from jobsearch.core.db import db


def end_links(person_id: str, day: date) -> None:
    """Nobody is the person's municipal coach from this day on."""
    for link in queries.list_open_links(person_id, day):
        if link.valid_from >= day:
            db.session.delete(link)  # it never held for a day of its own
        else:
            link.valid_to = day - timedelta(days=1)
    db.session.flush()


def begin_link(
    person_id: str, organisation_id: str, account_id: str, municipality_id: str, day: date
) -> CoachLink:
    """This account is the person's municipal coach from this day on; whoever was it, was it."""
    end_links(person_id, day)
    link = CoachLink(
        organisation_id=organisation_id,
        person_id=person_id,
        account_id=account_id,
        municipality_id=municipality_id,
        valid_from=day,
        began_at=now(),
    )
    db.session.add(link)
    db.session.flush()
    return link
