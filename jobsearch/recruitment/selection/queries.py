"""What is asked of selection: decisions, who waits, what is offered."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.recruitment.selection.models import (
    CriterionAnswer,
    SeatOffer,
    SelectionDecision,
    WaitingPlace,
)
from jobsearch.recruitment.selection.rules import (
    Answer,
    DecisionState,
    OfferState,
    PlaceState,
)

LIVE = (DecisionState.PROPOSED, DecisionState.HOLDS)
WAITS = (PlaceState.WAITING, PlaceState.OFFERED)


def find_live_decision(candidate_id: str) -> SelectionDecision | None:
    """The decision about a candidate that is open or holds."""
    statement = select(SelectionDecision).where(
        SelectionDecision.candidate_id == candidate_id, SelectionDecision.state.in_(LIVE)
    )
    return db.session.scalar(statement)


def get_decision(decision_id: str) -> SelectionDecision:
    """A decision with candidate, person, group and answers. Raises NotVisible."""
    statement = (
        select(SelectionDecision)
        .where(SelectionDecision.id == decision_id)
        .options(
            joinedload(SelectionDecision.candidate),
            joinedload(SelectionDecision.person),
            joinedload(SelectionDecision.cohort),
            selectinload(SelectionDecision.answers).joinedload(CriterionAnswer.criterion),
        )
    )
    decision = db.session.scalar(statement)
    if decision is None:
        raise NotVisible
    return decision


def count_open_offers(cohort_id: str) -> int:
    """How many seats of a group are offered to somebody who has not answered."""
    statement = select(func.count(SeatOffer.id)).where(
        SeatOffer.cohort_id == cohort_id, SeatOffer.state == OfferState.OPEN
    )
    return db.session.scalar(statement) or 0


def find_place(candidate_id: str) -> WaitingPlace | None:
    """The place on a waiting list that a candidate has now."""
    statement = select(WaitingPlace).where(
        WaitingPlace.candidate_id == candidate_id, WaitingPlace.state.in_(WAITS)
    )
    return db.session.scalar(statement)


def last_number(cohort_id: str) -> int:
    """The last number given on a group's waiting list."""
    statement = select(func.max(WaitingPlace.number)).where(WaitingPlace.cohort_id == cohort_id)
    return db.session.scalar(statement) or 0


def find_open_offer(place_id: str) -> SeatOffer | None:
    """The offer of a place that is not answered yet."""
    statement = select(SeatOffer).where(
        SeatOffer.place_id == place_id, SeatOffer.state == OfferState.OPEN
    )
    return db.session.scalar(statement)


def get_group(cohort_id: str) -> Cohort:
    """A group with its programme. Raises NotVisible."""
    statement = select(Cohort).where(Cohort.id == cohort_id).options(joinedload(Cohort.programme))
    cohort = db.session.scalar(statement)
    if cohort is None:
        raise NotVisible
    return cohort


def answers_of(decision: SelectionDecision) -> list[tuple[str, Answer]]:
    """Criteria and what they said, in the order of the criteria."""
    ordered = sorted(decision.answers, key=lambda one: one.criterion.position)
    return [(one.criterion.text, one.answer) for one in ordered]
