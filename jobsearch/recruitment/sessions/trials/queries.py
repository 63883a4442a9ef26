"""What is asked of trials: the one that runs, all of them, and what came of each case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.sessions.models import Booking
from jobsearch.recruitment.sessions.rules import BookingState
from jobsearch.recruitment.sessions.trials.models import TrialCase, WordingTrial
from jobsearch.recruitment.sessions.trials.rules import Case, TrialState, Tried, Wording

PAGE = 25


def find_running(programme_id: str, tried: Tried, language: str) -> WordingTrial | None:
    """The trial of a message that runs in a programme and language."""
    statement = select(WordingTrial).where(
        WordingTrial.programme_id == programme_id,
        WordingTrial.tried == tried,
        WordingTrial.language == language,
        WordingTrial.state == TrialState.RUNNING,
    )
    return db.session.scalar(statement)


def lock_trial(trial_id: str) -> None:
    """Hold a trial until the end of the unit of work: draws come one after another."""
    statement = select(WordingTrial.id).where(WordingTrial.id == trial_id).with_for_update()
    db.session.scalar(statement)


def find_wording(trial_id: str, candidate_id: str) -> Wording | None:
    """The wording that a candidate was given in a trial."""
    statement = select(TrialCase.wording).where(
        TrialCase.trial_id == trial_id, TrialCase.candidate_id == candidate_id
    )
    return db.session.scalar(statement)


def list_drawn(trial_id: str) -> list[tuple[int, Wording]]:
    """The wordings of a trial that were given so far, with their numbers, in order."""
    statement = (
        select(TrialCase.number, TrialCase.wording)
        .where(TrialCase.trial_id == trial_id)
        .order_by(TrialCase.number)
    )
    return [(number, wording) for number, wording in db.session.execute(statement)]


def get_trial(trial_id: str) -> WordingTrial:
    """A trial with its programme. Raises NotVisible."""
    statement = (
        select(WordingTrial)
        .where(WordingTrial.id == trial_id)
        .options(joinedload(WordingTrial.programme))
    )
    trial = db.session.scalar(statement)
    if trial is None:
        raise NotVisible
    return trial


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A trial in the list; how many take part, never who got what."""

    id: str
    programme: str
    tried: Tried
    language: str
    state: TrialState
    started_at: datetime
    closed_at: datetime | None
    cases: int


def list_trials(page: int = 1) -> list[TrialLine]:
    """The trials, those that run first, then the newest."""
    cases = (
        select(func.count(TrialCase.id))
        .where(TrialCase.trial_id == WordingTrial.id)
        .correlate(WordingTrial)
        .scalar_subquery()
    )
    # of a closed trial the figures stay when people are forgotten
    kept: ColumnElement[int] = func.coalesce(WordingTrial.first_of + WordingTrial.second_of, cases)
    runs = case((WordingTrial.state == TrialState.RUNNING, 0), else_=1)
    statement = (
        select(
            WordingTrial.id,
            Programme.name,
            WordingTrial.tried,
            WordingTrial.language,
            WordingTrial.state,
            WordingTrial.started_at,
            WordingTrial.closed_at,
            kept,
        )
        .join(Programme, Programme.id == WordingTrial.programme_id)
        .order_by(runs, WordingTrial.started_at.desc(), WordingTrial.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [TrialLine(*row) for row in db.session.execute(statement)]


def count_trials() -> int:
    """How many trials there are."""
    return db.session.scalar(select(func.count(WordingTrial.id))) or 0


def count_cases(trial_id: str) -> int:
    """How many candidates take part in a trial."""
    statement = select(func.count(TrialCase.id)).where(TrialCase.trial_id == trial_id)
    return db.session.scalar(statement) or 0


def list_cases(trial_id: str) -> list[Case]:
    """What came of every case: marks after the wording was given, a place held, or a farewell."""

    def has(state: BookingState) -> ColumnElement[int]:
        one = case((Booking.state == state, 1), else_=0)
        return func.coalesce(func.max(one), 0)

    statement = (
        select(
            TrialCase.wording,
            TrialCase.assigned_at,
            has(BookingState.CAME),
            has(BookingState.DID_NOT_COME),
            has(BookingState.BOOKED),
            case((Candidate.exit_reason.is_not(None), 1), else_=0),
        )
        .join(Candidate, Candidate.id == TrialCase.candidate_id)
        .outerjoin(
            Booking,
            (Booking.candidate_id == TrialCase.candidate_id)
            & ((Booking.marked_at >= TrialCase.assigned_at) | Booking.marked_at.is_(None)),
        )
        .where(TrialCase.trial_id == trial_id)
        .group_by(
            TrialCase.id,
            TrialCase.wording,
            TrialCase.assigned_at,
            TrialCase.number,
            Candidate.exit_reason,
        )
        .order_by(TrialCase.number)
    )
    return [
        Case(wording, at, bool(came), bool(away), bool(booked), bool(left))
        for wording, at, came, away, booked, left in db.session.execute(statement)
    ]
