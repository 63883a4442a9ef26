"""What a candidate's page asks: herself, her history, calls, introductions and agreements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.contacts.queries import AttemptLine, list_attempts
from jobsearch.recruitment.following.queries import CoachLine, list_coaches
from jobsearch.recruitment.models import Candidate, CandidateMove
from jobsearch.recruitment.queries import MoveLine, Settings, get_candidate, list_moves, settings
from jobsearch.recruitment.referrals.models import Referral
from jobsearch.recruitment.referrals.queries import list_referrals
from jobsearch.recruitment.rules import ExitReason, MoveKind, Stage


@dataclass(frozen=True, slots=True)
class Undoable:
    """A move that was just made, for the sentence that offers to take it back."""

    move_id: str
    name: str
    stage: Stage
    exit_reason: ExitReason | None


def find_undoable(move_id: str) -> Undoable | None:
    """A move while it is the last one of its candidate; None when it is not, or not undone yet."""
    if not move_id:
        return None
    later = aliased(CandidateMove)
    statement = (
        select(
            CandidateMove.id,
            Person.given_name,
            Person.family_name,
            Candidate.stage,
            Candidate.exit_reason,
        )
        .join(Candidate, Candidate.id == CandidateMove.candidate_id)
        .join(Person, Person.id == Candidate.person_id)
        .outerjoin(
            later,
            (later.candidate_id == CandidateMove.candidate_id)
            & (later.number > CandidateMove.number),
        )
        .where(
            CandidateMove.id == move_id,
            CandidateMove.kind != MoveKind.UNDO,
            CandidateMove.source == "",
            later.id.is_(None),
        )
    )
    row = db.session.execute(statement).first()
    return None if row is None else Undoable(row[0], f"{row[1]} {row[2]}".strip(), row[3], row[4])


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Everything on a candidate's page."""

    candidate: Candidate
    programme: Programme
    moves: Sequence[MoveLine]
    attempts: Sequence[AttemptLine]
    referrals: Sequence[Referral]
    coaches: Sequence[CoachLine]
    settings: Settings
    today: date

    @property
    def last_move(self) -> MoveLine | None:
        """The move that can be taken back here: the newest that stands, made by a person."""
        standing = [
            one for one in self.moves if one.kind is not MoveKind.UNDO and not one.is_undone
        ]
        return standing[0] if standing and not standing[0].source else None

    @property
    def last_attempt(self) -> AttemptLine | None:
        """The attempt that can be taken back: the newest that stands, while nothing came after."""
        newest = next((one for one in self.attempts if one.undone_at is None), None)
        if newest is None or not self.moves:
            return newest
        last = self.moves[0]
        is_after = last.moved_at > newest.tried_at and last.id != newest.move_id
        return None if is_after else newest

    @property
    def may_close(self) -> bool:
        """Whether there were enough attempts to close her as not reached."""
        enough = self.candidate.tries >= self.settings.tries_before_closing
        early = self.candidate.stage in (Stage.REFERRED, Stage.CONTACTED)
        return enough and early and not self.candidate.has_left


def show_candidate(candidate_id: str) -> CandidatePage:
    """One candidate with all that belongs to her. Raises NotVisible."""
    candidate = get_candidate(candidate_id)
    return CandidatePage(
        candidate=candidate,
        programme=db.session.get_one(Programme, candidate.programme_id),
        moves=list_moves(candidate.id),
        attempts=list_attempts(candidate.id),
        referrals=list_referrals(candidate.id),
        coaches=list_coaches(candidate.id),
        settings=settings(),
        today=today(),
    )
