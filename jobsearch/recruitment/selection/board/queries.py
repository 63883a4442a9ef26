"""What the boards of selection show: the coming groups, and everything about one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased, selectinload

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.rules import CohortState
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import Stage
from jobsearch.recruitment.selection.models import (
    CriterionAnswer,
    SeatOffer,
    SelectionDecision,
    WaitingPlace,
)
from jobsearch.recruitment.selection.queries import LIVE, WAITS, answers_of, get_group
from jobsearch.recruitment.selection.rules import (
    FEWEST_IN_GROUP,
    Answer,
    Decision,
    DecisionState,
    OfferState,
    PlaceState,
    Reason,
)

MOST_TO_DECIDE = 100


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A coming group in the list of selections; counts are made in SQL."""

    id: str
    name: str
    programme: str
    starts_on: date
    seats: int
    taken: int
    waiting: int
    to_see: int


def list_groups() -> list[GroupLine]:
    """The groups whose seats are being given, the next first; one statement."""
    taken = select(func.count(Enrolment.id)).where(Enrolment.cohort_id == Cohort.id, has_seat())
    waiting = select(func.count(WaitingPlace.id)).where(
        WaitingPlace.cohort_id == Cohort.id, WaitingPlace.state.in_(WAITS)
    )
    to_see = select(func.count(SelectionDecision.id)).where(
        SelectionDecision.cohort_id == Cohort.id,
        SelectionDecision.state == DecisionState.PROPOSED,
    )
    counts = (one.correlate(Cohort).scalar_subquery() for one in (taken, waiting, to_see))
    statement = (
        select(Cohort.id, Cohort.name, Programme.name, Cohort.starts_on, Cohort.seats, *counts)
        .join(Programme, Programme.id == Cohort.programme_id)
        .where(Cohort.state == CohortState.OPEN, Cohort.starts_on >= today())
        .order_by(Cohort.starts_on, Cohort.id)
        .limit(50)
    )
    return [GroupLine(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who has a seat; `candidate_id` where she came as a candidate of the programme."""

    name: str
    person_id: str
    candidate_id: str | None
    stage: Stage | None
    decision_id: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A refusal that waits for a second person."""

    id: str
    candidate_id: str
    name: str
    reason: Reason
    words: str
    decided_by_id: str
    decided_by: str
    decided_at: datetime
    version: int
    answers: list[tuple[str, Answer]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One place on the waiting list; `answer_by` while a seat is offered."""

    id: str
    candidate_id: str
    name: str
    phone: str | None
    state: PlaceState
    answer_by: datetime | None
    decision_id: str | None


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A candidate about whom nothing is decided."""

    candidate_id: str
    name: str
    stage: Stage
    attended_on: date | None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about the seats of one group."""

    cohort: Cohort
    seated: list[Seated]
    proposals: list[Proposal]
    waiting: list[Waiting]
    to_decide: list[ToDecide]

    @property
    def offered(self) -> int:
        """Seats that are offered to somebody."""
        return sum(one.state is PlaceState.OFFERED for one in self.waiting)

    @property
    def is_small(self) -> bool:
        """Whether there are fewer people than make a group."""
        return len(self.seated) < FEWEST_IN_GROUP

    @property
    def free(self) -> int:
        """Seats that are neither taken nor offered."""
        return max(0, self.cohort.seats - len(self.seated) - self.offered)


def show_board(cohort_id: str) -> Board:
    """The board of a group, in six statements however many people there are. Raises NotVisible."""
    cohort = get_group(cohort_id)
    return Board(
        cohort=cohort,
        seated=_seated(cohort),
        proposals=_proposals(cohort_id),
        waiting=_waiting(cohort_id),
        to_decide=_to_decide(cohort.programme_id),
    )


def _seated(cohort: Cohort) -> list[Seated]:
    statement = (
        select(
            Person.given_name,
            Person.family_name,
            Person.id,
            Candidate.id,
            Candidate.stage,
            SelectionDecision.id,
        )
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(
            Candidate,
            (Candidate.person_id == Person.id) & (Candidate.programme_id == cohort.programme_id),
        )
        .outerjoin(
            SelectionDecision,
            (SelectionDecision.candidate_id == Candidate.id)
            & (SelectionDecision.state == DecisionState.HOLDS)
            & (SelectionDecision.decision == Decision.SELECT),
        )
        .where(Enrolment.cohort_id == cohort.id, has_seat())
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    return [
        Seated(f"{given} {family}".strip(), person, candidate, stage, decision)
        for given, family, person, candidate, stage, decision in db.session.execute(statement)
    ]


def _proposals(cohort_id: str) -> list[Proposal]:
    by = aliased(Account)
    statement = (
        select(SelectionDecision, Person, by.name)
        .join(Person, Person.id == SelectionDecision.person_id)
        .join(by, by.id == SelectionDecision.decided_by_id)
        .where(
            SelectionDecision.cohort_id == cohort_id,
            SelectionDecision.state == DecisionState.PROPOSED,
        )
        .options(selectinload(SelectionDecision.answers).joinedload(CriterionAnswer.criterion))
        .order_by(SelectionDecision.decided_at, SelectionDecision.id)
        .limit(50)
    )
    return [
        Proposal(
            id=one.id,
            candidate_id=one.candidate_id,
            name=person.full_name,
            reason=one.reason,
            words=one.words,
            decided_by_id=one.decided_by_id,
            decided_by=name,
            decided_at=one.decided_at,
            version=one.version,
            answers=answers_of(one),
        )
        for one, person, name in db.session.execute(statement)
    ]


def _waiting(cohort_id: str) -> list[Waiting]:
    offer = aliased(SeatOffer)
    statement = (
        select(
            WaitingPlace.id,
            WaitingPlace.candidate_id,
            Person.given_name,
            Person.family_name,
            Person.phone,
            WaitingPlace.state,
            offer.answer_by,
            SelectionDecision.id,
        )
        .join(Person, Person.id == WaitingPlace.person_id)
        .outerjoin(offer, (offer.place_id == WaitingPlace.id) & (offer.state == OfferState.OPEN))
        .outerjoin(
            SelectionDecision,
            (SelectionDecision.candidate_id == WaitingPlace.candidate_id)
            & (SelectionDecision.state == DecisionState.HOLDS)
            & (SelectionDecision.decision == Decision.WAIT),
        )
        .where(WaitingPlace.cohort_id == cohort_id, WaitingPlace.state.in_(WAITS))
        .order_by(WaitingPlace.number)
        .limit(100)
    )
    rows = db.session.execute(statement)
    return [
        Waiting(key, candidate, f"{given} {family}".strip(), phone, state, answer_by, decision)
        for key, candidate, given, family, phone, state, answer_by, decision in rows
    ]


_NEAREST: Mapping[Stage, int] = {Stage.ATTENDED: 0, Stage.INVITED: 1, Stage.CONTACTED: 2}


def _to_decide(programme_id: str) -> list[ToDecide]:
    decided = select(SelectionDecision.candidate_id).where(SelectionDecision.state.in_(LIVE))
    statement = (
        select(
            Candidate.id,
            Person.given_name,
            Person.family_name,
            Candidate.stage,
            Candidate.attended_on,
        )
        .join(Person, Person.id == Candidate.person_id)
        .where(
            Candidate.programme_id == programme_id,
            Candidate.exit_reason.is_(None),
            Candidate.stage.in_(tuple(_NEAREST)),
            Candidate.id.not_in(decided),
        )
        .order_by(
            case(_NEAREST, value=Candidate.stage, else_=9),
            Candidate.attended_on,
            Person.family_name,
            Candidate.id,
        )
        .limit(MOST_TO_DECIDE)
    )
    return [
        ToDecide(key, f"{given} {family}".strip(), stage, attended_on)
        for key, given, family, stage, attended_on in db.session.execute(statement)
    ]
