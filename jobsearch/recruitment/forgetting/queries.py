"""What is asked before and after forgetting: who is due, who else keeps a person, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    exists,
    func,
    inspect,
    or_,
    select,
)

from jobsearch.core.clock import HOME
from jobsearch.core.db import Base, db
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.board.queries import known_by
from jobsearch.recruitment.contacts.models import ContactAttempt
from jobsearch.recruitment.forgetting.models import ForgettingRun
from jobsearch.recruitment.forgetting.rules import NOT_SIGNED
from jobsearch.recruitment.models import Candidate, CandidateMove
from jobsearch.recruitment.referrals.models import Referral
from jobsearch.recruitment.rules import Channel, ExitReason, Stage
from jobsearch.recruitment.selection.models import SeatOffer, SelectionDecision
from jobsearch.recruitment.sessions.models import Booking

PAGE = 50
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Due:
    """One candidacy that is to be forgotten, with the little that stays of it."""

    candidate_id: str
    person_id: str
    name: str
    programme_id: str
    programme: str
    municipality: str
    channel: Channel
    stage: Stage
    exit_reason: ExitReason | None
    referred_on: date
    ended_on: date


def _ended_on() -> ColumnElement[date]:
    """The day by which a candidacy had come as far as it did."""
    return func.coalesce(Candidate.exited_on, known_by(Stage.SELECTED))


def _is_due(before: date) -> list[ColumnElement[bool]]:
    """Not signed, and nothing since the day.

    No entry, stage, move, call or introduction; no place booked, no decision and no offer either:
    who waits for a seat makes no move.
    """
    since = datetime.combine(before, time(), ZoneInfo(HOME))
    return [
        Candidate.stage.in_(NOT_SIGNED),
        Candidate.referred_on < before,
        func.coalesce(Candidate.entered_on, Candidate.referred_on) < before,
        _ended_on() < before,
        ~exists().where(
            CandidateMove.candidate_id == Candidate.id, CandidateMove.moved_at >= since
        ),
        ~exists().where(
            ContactAttempt.candidate_id == Candidate.id, ContactAttempt.tried_at >= since
        ),
        ~exists().where(Referral.candidate_id == Candidate.id, Referral.referred_at >= since),
        ~exists().where(
            Booking.candidate_id == Candidate.id,
            or_(Booking.booked_at >= since, Booking.marked_at >= since),
        ),
        ~exists().where(
            SelectionDecision.candidate_id == Candidate.id,
            or_(SelectionDecision.decided_at >= since, SelectionDecision.second_at >= since),
        ),
        ~exists().where(SeatOffer.candidate_id == Candidate.id, SeatOffer.offered_at >= since),
    ]


def list_due(before: date, limit: int = AT_ONCE, beyond: int = 0) -> list[Due]:
    """Whose time is over when nothing happened since the day, the longest ago first.

    `beyond` so many of them.
    """
    statement = (
        _candidacies()
        .where(*_is_due(before))
        .order_by(Candidate.referred_on, Candidate.id)
        .limit(limit)
        .offset(beyond)
    )
    return _told(statement)


def list_of(person_id: str) -> list[Due]:
    """All of one person's candidacies, however young."""
    hers = Candidate.person_id == person_id
    return _told(_candidacies().where(hers).order_by(Candidate.id))


def _candidacies() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Candidate.id,
            Candidate.person_id,
            Person.given_name,
            Person.family_name,
            Candidate.programme_id,
            Programme.name,
            func.coalesce(Person.municipality, ""),
            Candidate.channel,
            Candidate.stage,
            Candidate.exit_reason,
            Candidate.referred_on,
            _ended_on(),
        )
        .join(Person, Person.id == Candidate.person_id)
        .join(Programme, Programme.id == Candidate.programme_id)
    )


def _told(statement: Select[*tuple[Any, ...]]) -> list[Due]:
    return [
        Due(row[0], row[1], f"{row[2]} {row[3]}".strip(), *row[4:])
        for row in db.session.execute(statement)
    ]


def count_due(before: date) -> int:
    """How many candidacies are due when nothing happened since the day."""
    return db.session.scalar(select(func.count(Candidate.id)).where(*_is_due(before))) or 0


def named_elsewhere(model: type[Base], keys: Sequence[str]) -> frozenset[str]:
    """Which rows of a table some other record of the house names that does not go with them."""
    kept: set[str] = set()
    for column in _columns_to(inspect(model).local_table):
        statement = select(column).where(column.in_(keys)).distinct()
        kept.update(db.session.scalars(statement))
    return frozenset(kept)


def _columns_to(target: FromClause) -> list[Column[Any]]:
    """Every column that names a row of the table; what is deleted with it is left out."""
    return [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is target and key.ondelete != "CASCADE"
    ]


def referrals_of(candidate_ids: Sequence[str]) -> list[str]:
    """The introductions of candidates: links were sent for them."""
    statement = select(Referral.id).where(Referral.candidate_id.in_(candidate_ids))
    return list(db.session.scalars(statement))


def list_runs(page: int = 1) -> list[ForgettingRun]:
    """What was done, newest first."""
    statement = (
        select(ForgettingRun)
        .order_by(ForgettingRun.ran_at.desc(), ForgettingRun.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return list(db.session.scalars(statement))
