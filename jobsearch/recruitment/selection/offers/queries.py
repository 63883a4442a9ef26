"""What is asked of offers: whose hour is over, which groups have people waiting, one offer."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.queries import get_organisation
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.selection.models import SeatOffer, WaitingPlace
from jobsearch.recruitment.selection.rules import OfferState, PlaceState


def find_cohort_of(offer_id: str) -> str:
    """The group whose seat an offer is about, read without the offer. Raises NotVisible."""
    cohort_id = db.session.scalar(select(SeatOffer.cohort_id).where(SeatOffer.id == offer_id))
    if cohort_id is None:
        raise NotVisible
    return cohort_id


def get_offer(offer_id: str) -> SeatOffer:
    """An offer with everything that its page and its answer need. Raises NotVisible."""
    statement = (
        select(SeatOffer)
        .where(SeatOffer.id == offer_id)
        .options(
            joinedload(SeatOffer.place),
            joinedload(SeatOffer.candidate),
            joinedload(SeatOffer.person),
            joinedload(SeatOffer.cohort).joinedload(Cohort.programme),
        )
        .execution_options(populate_existing=True)
    )
    offer = db.session.scalar(statement)
    if offer is None:
        raise NotVisible
    return offer


def list_overdue(at: datetime) -> list[str]:
    """The open offers whose hour is over, oldest first."""
    statement = (
        select(SeatOffer.id)
        .where(SeatOffer.state == OfferState.OPEN, SeatOffer.answer_by <= at)
        .order_by(SeatOffer.answer_by, SeatOffer.id)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """A group that people wait for."""

    cohort_id: str
    organisation_id: str


def list_waiting_groups(this_day: date) -> list[WaitingGroup]:
    """The coming groups with somebody on their waiting list, offered to or not."""
    statement = (
        select(WaitingPlace.cohort_id, WaitingPlace.organisation_id)
        .join(Cohort, Cohort.id == WaitingPlace.cohort_id)
        .where(
            WaitingPlace.state.in_((PlaceState.WAITING, PlaceState.OFFERED)),
            Cohort.state == CohortState.OPEN,
            Cohort.starts_on > this_day,
        )
        .distinct()
        .order_by(WaitingPlace.organisation_id, WaitingPlace.cohort_id)
    )
    return [WaitingGroup(*row) for row in db.session.execute(statement)]


def list_line(cohort_id: str) -> list[WaitingPlace]:
    """Who waits for a seat and has none offered, in order; who has left the funnel is not in it."""
    statement = (
        select(WaitingPlace)
        .join(Candidate, Candidate.id == WaitingPlace.candidate_id)
        .where(
            WaitingPlace.cohort_id == cohort_id,
            WaitingPlace.state == PlaceState.WAITING,
            Candidate.exit_reason.is_(None),
        )
        .options(joinedload(WaitingPlace.candidate), joinedload(WaitingPlace.person))
        .order_by(WaitingPlace.number)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class OfferPage:
    """The page of whoever was offered a seat; of other people it knows nothing."""

    offer: SeatOffer
    first_name: str
    programme_id: str
    programme: str
    cohort: str
    starts_on: date
    ends_on: date
    place: str
    organisation: str
    phone: str | None
    state: OfferState


def show_offer(offer_id: str) -> OfferPage:
    """An offer as its holder sees it: when its hour is over it has lapsed. Raises NotVisible."""
    offer = get_offer(offer_id)
    cohort, organisation = offer.cohort, get_organisation(offer.organisation_id)
    is_over = offer.state is OfferState.OPEN and offer.answer_by <= now()
    return OfferPage(
        offer=offer,
        first_name=offer.person.given_name.split()[0],
        programme_id=cohort.programme_id,
        programme=cohort.programme.name,
        cohort=cohort.name,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        place=cohort.place,
        organisation=organisation.name,
        phone=organisation.phone,
        state=OfferState.LAPSED if is_over else offer.state,
    )
