"""What is asked of conversations; only the participant and the coach of her group see any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import QueryableAttribute, aliased

from jobsearch.accounts.models import Account, Membership
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.conversations.models import ReadMark, ShortMessage, Side
from jobsearch.conversations.rules import Standing, can_withdraw, is_over, open_until
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme

PAGE = 30

# how many messages there are and how many were taken back: all that an unchanged poll asks
VERSION = (
    select(func.count(ShortMessage.id) * 100_000 + func.count(ShortMessage.withdrawn_at))
    .select_from(Enrolment)
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .outerjoin(ShortMessage, ShortMessage.enrolment_id == Enrolment.id)
    .where(
        Enrolment.id == bindparam("conversation_id"),
        Enrolment.organisation_id == Membership.organisation_id,
        or_(
            and_(Membership.role == Role.PARTICIPANT, Enrolment.person_id == Membership.person_id),
            and_(Membership.role == Role.COACH, Cohort.coach_id == Membership.account_id),
        ),
    )
    .group_by(Enrolment.id)
    .correlate(Membership)
    .scalar_subquery()
)


def get_version(found: int | None) -> str:
    """What VERSION found, as a text. Raises NotVisible."""
    if found is None:
        raise NotVisible
    return str(found)


def side_of(actor: Actor) -> Side:
    """On which side the actor writes. Raises NotVisible for who is on neither."""
    if actor.role is Role.PARTICIPANT and actor.person_id is not None:
        return Side.PARTICIPANT
    if actor.role is Role.COACH:
        return Side.COACH
    raise NotVisible


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The enrolments whose conversations the actor sees: her own, or those of her groups."""
    if actor.role is Role.PARTICIPANT and actor.person_id is not None:
        return Enrolment.person_id == actor.person_id
    if actor.role is Role.COACH:
        return Cohort.coach_id == actor.account_id
    return false()


@dataclass(frozen=True, slots=True)
class Place:
    """One conversation: who is in it, of which group, and where it stands."""

    id: str
    organisation_id: str
    person_id: str
    given_name: str
    family_name: str
    group: str
    coach_id: str | None
    coach: str | None
    standing: Standing

    @property
    def person(self) -> str:
        """The participant's name."""
        return f"{self.given_name} {self.family_name}".strip()


def get_place(actor: Actor, enrolment_id: str) -> Place:
    """A conversation that the actor is in. Raises NotVisible."""
    statement = (
        select(
            Enrolment.id,
            Enrolment.organisation_id,
            Enrolment.person_id,
            Person.given_name,
            Person.family_name,
            Cohort.name,
            Cohort.coach_id,
            Account.name,
            Enrolment.state,
            Cohort.ends_on,
            Programme.follow_up_months,
        )
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Account, Account.id == Cohort.coach_id)
        .where(Enrolment.id == enrolment_id, seen_by(actor))
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    *who, state, ends_on, months = row
    standing = Standing(state, open_until(ends_on, months), who[6] is not None)
    return Place(*(*who, standing))


@dataclass(frozen=True, slots=True)
class Line:
    """One message as its reader sees it."""

    id: str
    side: Side
    writer: str
    body: str | None
    written_at: datetime
    is_mine: bool
    is_new: bool
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of a conversation, the oldest message first."""

    place: Place
    lines: Sequence[Line]
    unread: int
    page: int
    pages: int
    version: str
    is_over: bool


def get_thread(actor: Actor, enrolment_id: str, page: int = 1) -> Thread:
    """A conversation; page 1 has its newest messages. Four statements. Raises NotVisible."""
    place, side = get_place(actor, enrolment_id), side_of(actor)
    here = ShortMessage.enrolment_id == place.id
    counts = select(func.count(ShortMessage.id), func.count(ShortMessage.withdrawn_at))
    count, withdrawn = db.session.execute(counts.where(here)).one()
    new = set(db.session.scalars(_unread_messages(actor.account_id, side).where(here)))
    statement = (
        select(ShortMessage, Account.name)
        .join(Account, Account.id == ShortMessage.writer_id)
        .where(here)
        .order_by(ShortMessage.written_at.desc(), ShortMessage.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = db.session.execute(statement).all()
    return Thread(
        place=place,
        lines=[_line(message, name, actor, new) for message, name in reversed(rows)],
        unread=len(new),
        page=page,
        pages=max(1, -(-count // PAGE)),
        version=get_version(count * 100_000 + withdrawn),
        is_over=is_over(place.standing, today(actor.zone)),
    )


def _line(message: ShortMessage, writer: str, actor: Actor, new: set[str]) -> Line:
    is_mine = message.writer_id == actor.account_id
    free = can_withdraw(message.written_at, message.withdrawn_at, now())
    return Line(
        id=message.id,
        side=message.side,
        writer=writer,
        body=message.body,
        written_at=message.written_at,
        is_mine=is_mine,
        is_new=message.id in new,
        can_withdraw=is_mine and free,
    )


def get_message(enrolment_id: str, message_id: str) -> ShortMessage:
    """A message of a conversation. Raises NotVisible."""
    statement = select(ShortMessage).where(
        ShortMessage.id == message_id, ShortMessage.enrolment_id == enrolment_id
    )
    message = db.session.scalar(statement)
    if message is None:
        raise NotVisible
    return message


def get_own_message(actor: Actor, enrolment_id: str, message_id: str) -> ShortMessage:
    """A message that the actor wrote in a conversation that she is in. Raises NotVisible."""
    message = get_message(get_place(actor, enrolment_id).id, message_id)
    if message.writer_id != actor.account_id:
        raise NotVisible
    return message


def find_mark(enrolment_id: str, account_id: str) -> ReadMark | None:
    """Up to where an account has read a conversation."""
    statement = select(ReadMark).where(
        ReadMark.enrolment_id == enrolment_id, ReadMark.account_id == account_id
    )
    return db.session.scalar(statement)


def unread_by(account_id: str | QueryableAttribute[str], side: Side) -> ColumnElement[bool]:
    """The messages of the other side that this one has neither read nor answered.

    What was answered is read: a coach who takes over a group does not find everything new.
    """
    answer = aliased(ShortMessage)
    answered = exists().where(
        answer.enrolment_id == ShortMessage.enrolment_id,
        answer.side == side,
        answer.written_at > ShortMessage.written_at,
    )
    read = exists().where(
        ReadMark.enrolment_id == ShortMessage.enrolment_id,
        ReadMark.account_id == account_id,
        ReadMark.read_upto >= ShortMessage.written_at,
    )
    return and_(ShortMessage.side != side, ShortMessage.withdrawn_at.is_(None), ~answered, ~read)


def _unread_messages(account_id: str, side: Side) -> Select[str]:
    return select(ShortMessage.id).where(unread_by(account_id, side))


def count_unread(account_id: str, person_id: str | None) -> int:
    """How many messages wait to be read by a participant (who has a person) or by a coach."""
    side = Side.COACH if person_id is None else Side.PARTICIPANT
    mine = Cohort.coach_id == account_id if person_id is None else Enrolment.person_id == person_id
    statement = (
        select(func.count(ShortMessage.id))
        .join(Enrolment, Enrolment.id == ShortMessage.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(mine, unread_by(account_id, side))
    )
    return db.session.scalar(statement) or 0
