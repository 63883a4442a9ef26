"""The line of people who wait for a seat: to stand in it, and to leave it."""

from jobsearch.cohorts.models import Cohort
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.links.service import revoke_links
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.selection import queries
from jobsearch.recruitment.selection.letters import OFFER_PURPOSE
from jobsearch.recruitment.selection.models import WaitingPlace
from jobsearch.recruitment.selection.rules import (
    OfferState,
    PlaceState,
    check_offer_step,
    check_place_step,
)


def put_in_line(actor: Actor, candidate: Candidate, cohort: Cohort) -> WaitingPlace:
    """Stand at the end of a group's waiting list; the group is held already."""
    place = WaitingPlace(
        cohort_id=cohort.id,
        candidate_id=candidate.id,
        person_id=candidate.person_id,
        organisation_id=candidate.organisation_id,
        number=queries.last_number(cohort.id) + 1,
        placed_at=now(),
        placed_by_id=actor.account_id,
    )
    db.session.add(place)
    db.session.flush()
    return place


def end_place(place: WaitingPlace, to: PlaceState) -> None:
    """End a place on the waiting list; an offer that is open is taken back with it."""
    offer = queries.find_open_offer(place.id)
    if offer is not None:
        check_offer_step(offer.state, OfferState.TAKEN_BACK)
        offer.state, offer.answered_at = OfferState.TAKEN_BACK, now()
        revoke_links(OFFER_PURPOSE, offer.id)
    check_place_step(place.state, to)
    place.state = to
    db.session.flush()
