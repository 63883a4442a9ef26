"""What is asked of questions: by the participant whole, by her coach only what and when."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, null, select, union_all
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account, Membership
from jobsearch.analyses.questions.models import ClientQuestion, QuestionStop
from jobsearch.analyses.questions.rules import Asked, QuestionKind
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation
from jobsearch.people.models import Person


def list_asked(account_id: str, person_ids: Collection[str], day: date) -> dict[str, list[Asked]]:
    """What this coach has asked these people and still stands, newest first, by person.

    Whatever they did with it is not asked for here.
    """
    statement = (
        select(ClientQuestion.person_id, ClientQuestion.kind, ClientQuestion.asked_on)
        .where(
            ClientQuestion.asked_by_id == account_id,
            ClientQuestion.person_id.in_(person_ids),
            ClientQuestion.expires_on >= day,
        )
        .order_by(ClientQuestion.asked_at.desc(), ClientQuestion.id)
    )
    found: defaultdict[str, list[Asked]] = defaultdict(list)
    for person_id, kind, on in db.session.execute(statement):
        found[person_id].append(Asked(kind, on))
    return dict(found)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One question as the participant reads it."""

    id: str
    kind: QuestionKind
    words: str
    asked_on: date
    expires_on: date
    asker: str
    organisation: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody from whom the participant wants no questions."""

    id: str
    asker: str


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """What a participant's page shows of questions."""

    waiting: list[Waiting]
    stopped: list[Stopped]


def own_questions(actor: Actor) -> OwnQuestions:
    """The questions that stand before this participant, and from whom she wants none.

    One statement: a coach asks once a week and a question ends in 30 days, so they are few.
    """
    statement = union_all(_waiting(actor), _stopped(actor)).order_by("at", "id")
    rows = db.session.execute(statement).all()
    return OwnQuestions(
        [Waiting(*row[:8]) for row in reversed(rows) if row.kind],
        [Stopped(row.id, row.asker) for row in rows if not row.kind],
    )


def _waiting(actor: Actor) -> Select[*tuple[Any, ...]]:
    town = (
        select(Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.account_id == ClientQuestion.asked_by_id,
            Membership.role == Role.MUNICIPAL_COACH,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            ClientQuestion.id.label("id"),
            ClientQuestion.kind,
            ClientQuestion.words,
            ClientQuestion.asked_on,
            ClientQuestion.expires_on,
            Account.name.label("asker"),
            town.label("town"),
            Account.email,
            ClientQuestion.asked_at.label("at"),
        )
        .join(Account, Account.id == ClientQuestion.asked_by_id)
        .where(
            ClientQuestion.person_id == actor.person_id,
            ClientQuestion.expires_on >= today(actor.zone),
            ClientQuestion.hidden_at.is_(None),
        )
    )


def _stopped(actor: Actor) -> Select[*tuple[Any, ...]]:
    empty = (null() for _column in range(4))
    return (
        select(QuestionStop.id, *empty, Account.name, null(), null(), QuestionStop.since)
        .join(Account, Account.id == QuestionStop.asked_by_id)
        .where(QuestionStop.person_id == actor.person_id)
    )


def get_own_question(actor: Actor, question_id: str) -> ClientQuestion:
    """A question to this participant, with who asks. Raises NotVisible."""
    statement = (
        select(ClientQuestion)
        .options(joinedload(ClientQuestion.asked_by))
        .where(ClientQuestion.id == question_id, ClientQuestion.person_id == actor.person_id)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def get_own_stop(actor: Actor, stop_id: str) -> QuestionStop:
    """A stop that this participant made. Raises NotVisible."""
    statement = (
        select(QuestionStop)
        .options(joinedload(QuestionStop.asked_by))
        .where(QuestionStop.id == stop_id, QuestionStop.person_id == actor.person_id)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def find_stop(account_id: str, person_id: str) -> QuestionStop | None:
    """The person's wish to get no questions from this coach."""
    statement = select(QuestionStop).where(
        QuestionStop.asked_by_id == account_id, QuestionStop.person_id == person_id
    )
    return db.session.scalar(statement)


def hold_person(person_id: str) -> Person:
    """The person who is asked; whoever else asks her at this moment waits."""
    statement = select(Person).where(Person.id == person_id).with_for_update()
    return db.session.scalars(statement).one()


def list_standing(account_id: str, person_ids: Collection[str]) -> list[ClientQuestion]:
    """The questions of a coach that these people have before them, to take them away."""
    statement = select(ClientQuestion).where(
        ClientQuestion.asked_by_id == account_id,
        ClientQuestion.person_id.in_(person_ids),
        ClientQuestion.hidden_at.is_(None),
    )
    return list(db.session.scalars(statement))


def list_over(day: date) -> list[ClientQuestion]:
    """Questions whose last day is behind, as many as one turn erases."""
    statement = (
        select(ClientQuestion)
        .where(ClientQuestion.expires_on < day)
        .order_by(ClientQuestion.expires_on, ClientQuestion.id)
        .limit(2000)
    )
    return list(db.session.scalars(statement))
