"""What everyone asks of candidates: one of them, her history, and the provider's settings."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.refusals import same
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate, CandidateMove, RecruitmentSettings
from jobsearch.recruitment.rules import (
    FORGET_AFTER_MONTHS,
    TRIES_BEFORE_CLOSING,
    ExitReason,
    MoveKind,
    Stage,
)


def get_candidate(candidate_id: str) -> Candidate:
    """One candidate with her person. Raises NotVisible."""
    candidate = find_candidate(candidate_id)
    if candidate is None:
        raise NotVisible
    return candidate


def find_candidate(candidate_id: str) -> Candidate | None:
    """One candidate with her person, or None."""
    statement = (
        select(Candidate).options(joinedload(Candidate.person)).where(Candidate.id == candidate_id)
    )
    return db.session.scalar(statement)


def find_candidacy(programme_id: str, person_id: str) -> Candidate | None:
    """The person's candidacy in a programme; she has one at most."""
    statement = (
        select(Candidate)
        .options(joinedload(Candidate.person))
        .where(Candidate.programme_id == programme_id, Candidate.person_id == person_id)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One line of a candidate's history, with who did it and whether it was undone."""

    id: str
    number: int
    kind: MoveKind
    from_stage: Stage
    to_stage: Stage
    from_exit: ExitReason | None
    to_exit: ExitReason | None
    on: date
    moved_at: datetime
    by_name: str
    source: str
    is_undone: bool


def list_moves(candidate_id: str) -> list[MoveLine]:
    """A candidate's history, newest first."""
    undo = aliased(CandidateMove)
    statement = (
        select(CandidateMove, Account.name, undo.id)
        .outerjoin(Account, Account.id == CandidateMove.moved_by_id)
        .outerjoin(undo, undo.undoes_id == CandidateMove.id)
        .where(CandidateMove.candidate_id == candidate_id)
        .order_by(CandidateMove.number.desc())
        .limit(200)
    )
    return [_line(move, name, undone) for move, name, undone in db.session.execute(statement)]


def _line(move: CandidateMove, name: str | None, undone: str | None) -> MoveLine:
    return MoveLine(
        id=move.id,
        number=move.number,
        kind=move.kind,
        from_stage=move.from_stage,
        to_stage=move.to_stage,
        from_exit=move.from_exit,
        to_exit=move.to_exit,
        on=move.on,
        moved_at=move.moved_at,
        by_name=name or "",
        source=move.source,
        is_undone=undone is not None,
    )


def find_last_move(candidate_id: str) -> CandidateMove | None:
    """The newest move that is neither an undo nor undone: the one that can be taken back."""
    undo = aliased(CandidateMove)
    statement = (
        select(CandidateMove)
        .outerjoin(undo, undo.undoes_id == CandidateMove.id)
        .where(
            CandidateMove.candidate_id == candidate_id,
            CandidateMove.kind != MoveKind.UNDO,
            undo.id.is_(None),
        )
        .order_by(CandidateMove.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def get_move(move_id: str) -> CandidateMove:
    """One line of a history. Raises NotVisible."""
    move = db.session.scalar(select(CandidateMove).where(CandidateMove.id == move_id))
    if move is None:
        raise NotVisible
    return move


@dataclass(frozen=True, slots=True)
class Settings:
    """How a provider recruits: attempts before closing, and months until forgetting."""

    tries_before_closing: int = TRIES_BEFORE_CLOSING
    forget_after_months: int = FORGET_AFTER_MONTHS
    version: int = 0


def settings() -> Settings:
    """The settings of the provider in whose scope this is asked, else the defaults."""
    row = db.session.scalars(select(RecruitmentSettings)).first()
    if row is None:
        return Settings()
    return Settings(row.tries_before_closing, row.forget_after_months, row.version)


def people_by_name(programme_id: str) -> dict[str, str]:
    """The programme's candidates: plain name to person, for files that name people."""
    statement = (
        select(Person.given_name, Person.family_name, Person.id)
        .join(Candidate, Candidate.person_id == Person.id)
        .where(Candidate.programme_id == programme_id)
    )
    rows = db.session.execute(statement)
    return {same(f"{given} {family}"): person_id for given, family, person_id in rows}


def groups_to_start(programme_id: str) -> frozenset[str]:
    """The names of the groups that somebody signed for and was not lost before the start."""
    statement = (
        select(Candidate.group_name)
        .where(Candidate.programme_id == programme_id, Candidate.group_name != "")
        .where(Candidate.stage.in_((Stage.SIGNED, Stage.STARTED)), Candidate.exit_reason.is_(None))
        .distinct()
    )
    return frozenset(db.session.scalars(statement))
