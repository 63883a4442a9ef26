"""What is asked of contacts: the attempts for one candidate, and whom to call today."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.recruitment.contacts.models import ContactAttempt
from jobsearch.recruitment.contacts.rules import ContactChannel, ContactResult
from jobsearch.recruitment.models import Candidate, CandidateMove

PAGE = 25


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt, with who made it; `undone_at` when it was taken back."""

    id: str
    number: int
    channel: ContactChannel
    result: ContactResult
    tried_at: datetime
    next_on: date | None
    by_name: str
    undone_at: datetime | None
    move_id: str | None


def list_attempts(candidate_id: str) -> list[AttemptLine]:
    """The attempts to reach a candidate, newest first, those taken back too."""
    statement = (
        select(ContactAttempt, Account.name)
        .outerjoin(Account, Account.id == ContactAttempt.tried_by_id)
        .where(ContactAttempt.candidate_id == candidate_id)
        .order_by(ContactAttempt.number.desc())
        .limit(200)
    )
    return [
        AttemptLine(
            id=one.id,
            number=one.number,
            channel=one.channel,
            result=one.result,
            tried_at=one.tried_at,
            next_on=one.next_on,
            by_name=name or "",
            undone_at=one.undone_at,
            move_id=one.move_id,
        )
        for one, name in db.session.execute(statement)
    ]


def get_attempt(attempt_id: str) -> ContactAttempt:
    """One attempt. Raises NotVisible."""
    attempt = db.session.scalar(select(ContactAttempt).where(ContactAttempt.id == attempt_id))
    if attempt is None:
        raise NotVisible
    return attempt


def last_number(candidate_id: str) -> int:
    """The number of the newest attempt, taken back or not; 0 before the first."""
    numbers = select(func.max(ContactAttempt.number))
    return db.session.scalar(numbers.where(ContactAttempt.candidate_id == candidate_id)) or 0


def is_last_standing(attempt: ContactAttempt) -> bool:
    """Whether no later attempt of the candidate stands."""
    later = select(ContactAttempt.id).where(
        ContactAttempt.candidate_id == attempt.candidate_id,
        ContactAttempt.number > attempt.number,
        ContactAttempt.undone_at.is_(None),
    )
    return db.session.scalars(later.limit(1)).first() is None


def has_moved_since(attempt: ContactAttempt) -> bool:
    """Whether the candidate was moved after an attempt, by anything but the attempt itself."""
    later = select(CandidateMove.id).where(
        CandidateMove.candidate_id == attempt.candidate_id,
        CandidateMove.moved_at > attempt.tried_at,
        CandidateMove.id != (attempt.move_id or ""),
    )
    return db.session.scalars(later.limit(1)).first() is not None


@dataclass(frozen=True, slots=True)
class CallPage:
    """A page of the call list: the longest due first, those of later days after them."""

    today: date
    candidates: list[Candidate]
    due: int
    later: int

    @property
    def pages(self) -> int:
        """How many pages the list fills."""
        return max(1, -(-(self.due + self.later) // PAGE))


def show_calls(today: date, page: int = 1) -> CallPage:
    """Whom to call: due first, in order of their days."""
    statement = (
        select(Candidate)
        .options(joinedload(Candidate.person), joinedload(Candidate.programme))
        .where(Candidate.call_on.is_not(None))
        .order_by(Candidate.call_on, Candidate.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    due, later = _counts(today)
    return CallPage(today, list(db.session.scalars(statement)), due, later)


def count_due(today: date) -> int:
    """How many calls are due today or earlier."""
    return _counts(today)[0]


def _counts(today: date) -> tuple[int, int]:
    is_due = case((Candidate.call_on <= today, 1), else_=0)
    statement = select(
        func.coalesce(func.sum(is_due), 0), func.coalesce(func.sum(1 - is_due), 0)
    ).where(Candidate.call_on.is_not(None))
    due, later = db.session.execute(statement).one()
    return int(due), int(later)


@dataclass(frozen=True, slots=True)
class Logged:
    """An attempt that was just written down, for the sentence that offers to take it back."""

    attempt_id: str
    name: str
    result: ContactResult
    next_on: date | None


def find_undoable(attempt_id: str) -> Logged | None:
    """An attempt while it stands; None when it was taken back or is nobody's."""
    if not attempt_id:
        return None
    statement = (
        select(ContactAttempt, Person.given_name, Person.family_name)
        .join(Person, Person.id == ContactAttempt.person_id)
        .where(ContactAttempt.id == attempt_id, ContactAttempt.undone_at.is_(None))
    )
    row = db.session.execute(statement).first()
    if row is None:
        return None
    return Logged(row[0].id, f"{row[1]} {row[2]}".strip(), row[0].result, row[0].next_on)
