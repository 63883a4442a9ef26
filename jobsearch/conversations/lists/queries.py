"""What is asked for the list of conversations."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, Enrolment, EnrolmentState
from jobsearch.conversations.models import ShortMessage
from jobsearch.conversations.queries import seen_by, side_of, unread_by
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.people.models import Person

LIST_PAGE = 25
_STILL_LISTED = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """One conversation in the list."""

    id: str
    given_name: str
    family_name: str
    group: str
    coach: str | None
    ends_on: date
    last_at: datetime | None
    unread: int

    @property
    def person(self) -> str:
        """The participant's name."""
        return f"{self.given_name} {self.family_name}".strip()


def list_conversations(actor: Actor, page: int = 1) -> tuple[list[ConversationLine], int]:
    """The actor's conversations, what is new first, and how many pages they are; two statements.

    People of a coach's groups are listed before the first word too, so that she can begin.
    """
    last, unread = _last_at(), _unread_count(actor)
    listed = [seen_by(actor), Enrolment.state != EnrolmentState.WITHDREW]
    if actor.role is Role.COACH:
        listed.append(or_(Cohort.ends_on >= today(actor.zone) - _STILL_LISTED, last.is_not(None)))
    columns = (
        Enrolment.id,
        Person.given_name,
        Person.family_name,
        Cohort.name,
        Account.name,
        Cohort.ends_on,
        last,
        unread,
    )
    statement = (
        _joined(select(*columns))
        .outerjoin(Account, Account.id == Cohort.coach_id)
        .where(*listed)
        .order_by(
            (unread > 0).desc(),
            last.desc().nulls_last(),
            Cohort.ends_on.desc(),
            Person.given_name,
            Enrolment.id,
        )
        .limit(LIST_PAGE)
        .offset((page - 1) * LIST_PAGE)
    )
    lines = [ConversationLine(*row) for row in db.session.execute(statement)]
    count = db.session.scalar(_joined(select(func.count(Enrolment.id))).where(*listed)) or 0
    return lines, max(1, -(-count // LIST_PAGE))


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.select_from(Enrolment)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
    )


def _last_at() -> Any:
    return (
        select(func.max(ShortMessage.written_at))
        .where(ShortMessage.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def _unread_count(actor: Actor) -> Any:
    return (
        select(func.count(ShortMessage.id))
        .where(
            ShortMessage.enrolment_id == Enrolment.id,
            unread_by(actor.account_id, side_of(actor)),
        )
        .correlate(Enrolment)
        .scalar_subquery()
    )
