"""What is asked of selection: decisions, who waits, what is offered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.selection.models import (
    CriterionAnswer,
    SeatOffer,
    SelectionDecision,
    WaitingPlace,
)
from jobsearch.recruitment.selection.rules import (
    Answer,
    Decision,
    DecisionState,
    OfferState,
    PlaceState,
    Reason,
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


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """An earlier decision about a candidate."""

    decision: Decision
    state: DecisionState
    reason: Reason
    words: str
    cohort: str
    decided_by: str
    decided_at: datetime
    second_by: str | None


def list_decisions(candidate_id: str) -> list[DecisionLine]:
    """Every decision about a candidate, newest first."""
    by, second = aliased(Account), aliased(Account)
    statement = (
        select(SelectionDecision, Cohort.name, by.name, second.name)
        .join(Cohort, Cohort.id == SelectionDecision.cohort_id)
        .join(by, by.id == SelectionDecision.decided_by_id)
        .outerjoin(second, second.id == SelectionDecision.second_by_id)
        .where(SelectionDecision.candidate_id == candidate_id)
        .order_by(SelectionDecision.decided_at.desc(), SelectionDecision.id)
        .limit(50)
    )
    return [
        DecisionLine(
            decision=one.decision,
            state=one.state,
            reason=one.reason,
            words=one.words,
            cohort=cohort,
            decided_by=name,
            decided_at=one.decided_at,
            second_by=other,
        )
        for one, cohort, name, other in db.session.execute(statement)
    ]


@dataclass(frozen=True, slots=True)
class Selected:
    """Somebody who has been selected and has not signed: where hiring begins."""

    candidate_id: str
    person_id: str
    name: str
    cohort_id: str
    decided_at: datetime


def list_selected(cohort_id: str) -> list[Selected]:
    """Who has a seat in a group by a decision and has not signed yet, oldest first."""
    statement = (
        select(
            SelectionDecision.candidate_id,
            SelectionDecision.person_id,
            Person.given_name,
            Person.family_name,
            SelectionDecision.decided_at,
        )
        .join(Person, Person.id == SelectionDecision.person_id)
        .join(Candidate, Candidate.id == SelectionDecision.candidate_id)
        .join(
            Enrolment,
            (Enrolment.cohort_id == SelectionDecision.cohort_id)
            & (Enrolment.person_id == SelectionDecision.person_id),
        )
        .where(
            has_seat(),
            SelectionDecision.cohort_id == cohort_id,
            SelectionDecision.decision == Decision.SELECT,
            SelectionDecision.state == DecisionState.HOLDS,
            Candidate.stage == Stage.SELECTED,
            Candidate.exit_reason.is_(None),
        )
        .order_by(SelectionDecision.decided_at, SelectionDecision.id)
    )
    return [
        Selected(candidate, person, f"{given} {family}".strip(), cohort_id, at)
        for candidate, person, given, family, at in db.session.execute(statement)
    ]
