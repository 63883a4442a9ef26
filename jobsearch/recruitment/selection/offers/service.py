"""Use cases of offers: offer what is free to the next, accept, decline, let the hour pass."""

from jobsearch.cohorts import service as cohorts
from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.queries import count_seats_taken
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.recruitment.rules import CallWhy
from jobsearch.recruitment.selection.letters import send_offer, tell
from jobsearch.recruitment.selection.mail import OFFER_OVER
from jobsearch.recruitment.selection.models import (
    SeatOffer,
    SelectionDecision,
    WaitingPlace,
)
from jobsearch.recruitment.selection.offers import queries
from jobsearch.recruitment.selection.queries import (
    count_open_offers,
    find_live_decision,
    get_group,
)
from jobsearch.recruitment.selection.rules import (
    Decision,
    DecisionState,
    OfferState,
    PlaceState,
    Reason,
    answer_by,
    check_decision_step,
    check_offer_step,
    check_place_step,
    is_offering_time,
    to_offer,
)
from jobsearch.recruitment.selection.service import seat
from jobsearch.recruitment.service import put_on_call_list, take_off_call_list


def offer_free_seats(cohort_id: str) -> list[SeatOffer]:
    """Offer every free seat of a group to the next on its waiting list; usually there is none.

    At night nobody is asked, and neither when less than four hours would be left to answer: then
    the telephone is better. Returns the offers made. Raises NotVisible.
    """
    cohorts.touch_board(cohort_id)
    cohort = get_group(cohort_id)
    zone, at = cohort.programme.zone, now()
    until = answer_by(at, cohort.starts_on, zone)
    if until is None or not is_offering_time(at, zone):
        return []
    line = {place.id: place for place in queries.list_line(cohort_id)}
    taken, offered = count_seats_taken(cohort_id), count_open_offers(cohort_id)
    made = []
    for key in to_offer(list(line), taken, offered, cohort.seats):
        offer = _offer(line[key], cohort)
        offer.answer_by = until
        db.session.add(offer)
        db.session.flush()
        send_offer(offer, line[key].person, cohort, zone)
        put_on_call_list(offer.candidate_id, today(zone), CallWhy.SEAT_OFFERED)
        made.append(offer)
    return made


def _offer(place: WaitingPlace, cohort: Cohort) -> SeatOffer:
    check_place_step(place.state, PlaceState.OFFERED)
    place.state = PlaceState.OFFERED
    return SeatOffer(
        place_id=place.id,
        cohort_id=cohort.id,
        candidate_id=place.candidate_id,
        person_id=place.person_id,
        organisation_id=place.organisation_id,
        offered_at=now(),
    )


def _held(offer_id: str) -> SeatOffer:
    """The offer, with its group held: nobody answers or takes a seat of it meanwhile."""
    cohorts.touch_board(queries.find_cohort_of(offer_id))
    return queries.get_offer(offer_id)


def accept(offer_id: str) -> SeatOffer:
    """The candidate says yes within the hour: the seat is hers.

    Raises NotVisible, and RuleBroken with a sentence that she reads: answered already, too late,
    or the group is full after all.
    """
    offer = _answer(offer_id, OfferState.ACCEPTED)
    check_place_step(offer.place.state, PlaceState.SEATED)
    offer.place.state = PlaceState.SEATED
    earlier = find_live_decision(offer.candidate_id)
    decided_by = earlier.decided_by_id if earlier else offer.place.placed_by_id
    if earlier is not None:
        check_decision_step(earlier.state, DecisionState.REPLACED)
        earlier.state = DecisionState.REPLACED
    db.session.flush()
    seat(None, offer.candidate, offer.cohort)
    db.session.add(
        SelectionDecision(
            candidate_id=offer.candidate_id,
            person_id=offer.person_id,
            cohort_id=offer.cohort_id,
            organisation_id=offer.organisation_id,
            decision=Decision.SELECT,
            state=DecisionState.HOLDS,
            reason=Reason.ACCEPTED_OFFER,
            words="",
            decided_by_id=decided_by,
            decided_at=now(),
        )
    )
    take_off_call_list(offer.candidate_id)
    db.session.flush()
    return offer


def decline(offer_id: str) -> SeatOffer:
    """The candidate says no: she leaves the waiting list, and the next is asked at once.

    Raises NotVisible, RuleBroken.
    """
    offer = _answer(offer_id, OfferState.DECLINED)
    _leave_line(offer)
    offer_free_seats(offer.cohort_id)
    return offer


def _answer(offer_id: str, to: OfferState) -> SeatOffer:
    offer = _held(offer_id)
    is_over = offer.state is OfferState.OPEN and offer.answer_by <= now()
    check_offer_step(OfferState.LAPSED if is_over else offer.state, to)
    offer.state, offer.answered_at = to, now()
    db.session.flush()
    return offer


def _leave_line(offer: SeatOffer) -> None:
    check_place_step(offer.place.state, PlaceState.LEFT)
    offer.place.state = PlaceState.LEFT
    decision = find_live_decision(offer.candidate_id)
    if decision is not None and decision.decision is Decision.WAIT:
        check_decision_step(decision.state, DecisionState.ENDED)
        decision.state = DecisionState.ENDED
    zone = offer.cohort.programme.zone
    put_on_call_list(offer.candidate_id, today(zone), CallWhy.SEAT_OFFERED)
    db.session.flush()


def let_hour_pass(offer_id: str) -> bool:
    """An offer whose hour is over lapses, and whoever did not answer is told kindly.

    Returns whether it did; one that has been answered meanwhile stays as it is. Raises NotVisible.
    """
    offer = _held(offer_id)
    if offer.state is not OfferState.OPEN or offer.answer_by > now():
        return False
    check_offer_step(offer.state, OfferState.LAPSED)
    offer.state, offer.answered_at = OfferState.LAPSED, now()
    db.session.flush()
    _leave_line(offer)
    tell(OFFER_OVER, offer.person, offer.cohort, once=f"offer-over:{offer.id}")
    return True
