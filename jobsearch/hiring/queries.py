"""What is asked around hiring: who is to be hired, which groups have room, whom to tell."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, select

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, CohortState, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.notices.rules import Recipient
from jobsearch.payroll.contracts.editions.models import Contract
from jobsearch.payroll.contracts.editions.rules import OPEN, ContractState
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.rules import ExitReason, Stage


def find_recipient(account_id: str | None, organisation_id: str) -> Recipient | None:
    """Whoever has this account, as a message is addressed to her; None when it is closed."""
    statement = select(Account).where(Account.id == account_id, Account.closed_at.is_(None))
    account = db.session.scalar(statement) if account_id and organisation_id else None
    if account is None:
        return None
    first_name = account.name.partition(" ")[0]
    return Recipient(account.email, account.phone, account.language, account.id, first_name)


@dataclass(frozen=True, slots=True)
class ToHire:
    """A selected candidate without a contract on its way; `left` when she had left before."""

    candidate_id: str
    name: str
    programme_id: str
    selected_on: date | None
    group_name: str
    has_left: bool


def _waiting() -> tuple[ColumnElement[bool], ...]:
    contract = exists().where(
        Contract.person_id == Candidate.person_id,
        Contract.state.in_((*OPEN, ContractState.SIGNED)),
    )
    ready = (Candidate.stage == Stage.SELECTED) & Candidate.exit_reason.is_(None)
    left = (
        Candidate.stage.in_((Stage.SELECTED, Stage.SIGNED))
        & (Candidate.exit_reason == ExitReason.FOUND_WORK)
        & exists().where(Contract.person_id == Candidate.person_id)
    )
    return ready | left, ~contract


def list_to_hire(limit: int = 60) -> list[ToHire]:
    """Selected candidates who have no contract yet, the longest waiting first.

    Who had found work before the start and left is among them with `has_left`, to come back.
    """
    statement = (
        select(
            Candidate.id,
            Person.given_name,
            Person.family_name,
            Candidate.programme_id,
            Candidate.selected_on,
            Candidate.group_name,
            Candidate.exit_reason.is_not(None),
        )
        .join(Person, Person.id == Candidate.person_id)
        .where(*_waiting())
        .order_by(
            Candidate.exit_reason.is_not(None),
            Candidate.selected_on,
            Person.family_name,
            Candidate.id,
        )
        .limit(limit)
    )
    return [
        ToHire(key, f"{given} {family}".strip(), programme, selected, group, bool(has_left))
        for key, given, family, programme, selected, group, has_left in db.session.execute(
            statement
        )
    ]


@dataclass(frozen=True, slots=True)
class Room:
    """A group that a candidate can be hired into."""

    cohort_id: str
    name: str
    starts_on: date
    ends_on: date
    has_hers: bool


def list_rooms(programme_id: str, person_id: str) -> list[Room]:
    """Groups of a programme that are not over, the one with her seat first, then by first day."""
    hers = exists().where(
        Enrolment.cohort_id == Cohort.id, Enrolment.person_id == person_id, has_seat()
    )
    statement = (
        select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, hers.label("hers"))
        .where(
            Cohort.programme_id == programme_id,
            Cohort.state == CohortState.OPEN,
            Cohort.ends_on >= today(),
        )
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
        .limit(25)
    )
    rooms = [
        Room(key, name, first, last, bool(has_hers))
        for key, name, first, last, has_hers in db.session.execute(statement)
    ]
    return sorted(rooms, key=lambda room: not room.has_hers)
