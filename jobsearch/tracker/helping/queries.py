"""What is asked of helping: who is in a group, and the calls, tips and kind words in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, or_, select

from jobsearch.accounts.models import Account, Membership
from jobsearch.cohorts.models import Cohort, CohortState, Enrolment, EnrolmentState
from jobsearch.cohorts.queries import has_seat
from jobsearch.cohorts.seats import OwnSeat, find_seat
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import BoardName, Person
from jobsearch.tracker.helping.models import Buddy, HelpCall, Praise, Tip
from jobsearch.tracker.helping.rules import PRAISE_DAYS, PraiseWords
from jobsearch.tracker.queries import visible_people

_MOST_PRAISE = 60


@dataclass(frozen=True, slots=True)
class Mate:
    """One person of a group, whether she still has a seat in it or not."""

    enrolment_id: str
    person_id: str
    given_name: str
    family_name: str
    choice: BoardName
    left_on: date | None
    pair: int | None
    account_id: str | None
    cohort_id: str
    group: str
    ends_on: date

    @property
    def has_seat(self) -> bool:
        """Whether she has not left the group."""
        return self.left_on is None

    @property
    def full_name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()


_MATES = (
    select(
        Enrolment.id,
        Enrolment.person_id,
        Person.given_name,
        Person.family_name,
        Person.board_name,
        Enrolment.left_on,
        Buddy.pair,
        Membership.account_id,
        Cohort.id.label("cohort_id"),
        Cohort.name,
        Cohort.ends_on,
    )
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
    .join(Person, Person.id == Enrolment.person_id)
    .outerjoin(Buddy, Buddy.enrolment_id == Enrolment.id)
    .outerjoin(Membership, and_(Membership.person_id == Person.id, Membership.ended_at.is_(None)))
    .where(Enrolment.state != EnrolmentState.WITHDREW)
    .order_by(Person.given_name, Person.family_name, Enrolment.id)
)


def list_own_mates(actor: Actor) -> list[Mate]:
    """Everyone of the participant's own group, herself too. Raises NotVisible without a seat.

    Her group is the one that is not over; of those that are, the last one.
    """
    rows = db.session.execute(_MATES.where(Enrolment.cohort_id == _own_cohort(actor))).all()
    if not rows:
        raise NotVisible
    return [Mate(*row) for row in rows]


def _own_cohort(actor: Actor) -> ScalarSelect[str]:
    is_open = Cohort.ends_on >= today(actor.zone)
    return (
        select(Enrolment.cohort_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.person_id == actor.person_id,
            has_seat(),
            Cohort.state == CohortState.OPEN,
        )
        .order_by(
            case((is_open, 0), else_=1),
            case((is_open, Cohort.starts_on)),
            Cohort.starts_on.desc(),
            Enrolment.id,
        )
        .limit(1)
        .scalar_subquery()
    )


def list_mates(actor: Actor, cohort_id: str) -> list[Mate]:
    """Everyone of a group that staff may see; nobody yet is an empty list."""
    statement = _MATES.where(
        Enrolment.cohort_id == cohort_id, Enrolment.person_id.in_(visible_people(actor))
    )
    return [Mate(*row) for row in db.session.execute(statement)]


def staff_name(table: type[HelpCall] | type[Tip] | type[Praise], account_id: Any) -> Any:
    """The name of an account of staff; a participant's is hers to choose and is none here."""
    participant = exists().where(
        Membership.account_id == account_id,
        Membership.organisation_id == table.organisation_id,
        Membership.person_id.is_not(None),
    )
    named = select(Account.name).where(
        Account.id == account_id, ~participant.correlate_except(Membership)
    )
    return named.correlate_except(Account).scalar_subquery()


@dataclass(frozen=True, slots=True)
class CallLine:
    """An open call for help; the helper is an account of the group, or one of staff by name."""

    id: str
    person_id: str
    words: str
    asked_at: datetime
    helper_id: str | None
    helper_name: str | None


def list_calls(cohort_id: str) -> list[CallLine]:
    """The open calls for help of a group, the oldest first."""
    statement = (
        select(
            HelpCall.id,
            HelpCall.person_id,
            HelpCall.words,
            HelpCall.asked_at,
            HelpCall.helper_id,
            staff_name(HelpCall, HelpCall.helper_id),
        )
        .where(HelpCall.cohort_id == cohort_id, HelpCall.ended_at.is_(None))
        .order_by(HelpCall.asked_at, HelpCall.id)
    )
    return [CallLine(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class PraiseLine:
    """One kind word: to whom, from whom, on which day."""

    id: str
    person_id: str
    from_id: str
    staff_name: str | None
    on: date
    words: PraiseWords


def list_praise(actor: Actor, cohort_id: str) -> list[PraiseLine]:
    """What was said to the actor lately, and what she says today; nobody else's."""
    this_day = today(actor.zone)
    since = this_day - timedelta(days=PRAISE_DAYS - 1)
    hers = and_(Praise.person_id == actor.person_id, Praise.on >= since)
    said = and_(Praise.from_id == actor.account_id, Praise.on == this_day)
    statement = (
        select(
            Praise.id,
            Praise.person_id,
            Praise.from_id,
            staff_name(Praise, Praise.from_id),
            Praise.on,
            Praise.words,
        )
        .where(Praise.cohort_id == cohort_id, or_(hers, said))
        .order_by(Praise.on.desc(), Praise.words, Praise.id)
        .limit(_MOST_PRAISE)
    )
    return [PraiseLine(*row) for row in db.session.execute(statement)]


def is_of_own_group(actor: Actor, table: type[HelpCall] | type[Tip]) -> ColumnElement[bool]:
    """Whose rows are the actor's to act on: her own group's, or those of staff's groups."""
    if actor.person_id is None:
        return table.cohort_id.in_(
            select(Enrolment.cohort_id).where(Enrolment.person_id.in_(visible_people(actor)))
        )
    return table.cohort_id == get_seat(actor).cohort_id


def get_seat(actor: Actor) -> OwnSeat:
    """The participant's own seat in a group that is not over. Raises NotVisible."""
    seat = find_seat(actor.person_id or "", today(actor.zone))
    if seat is None:
        raise NotVisible
    return seat


def hold_call(actor: Actor, call_id: str) -> HelpCall:
    """An open call for help, held until the end of the unit of work. Raises NotVisible."""
    call = db.session.scalar(
        select(HelpCall)
        .where(
            HelpCall.id == call_id, HelpCall.ended_at.is_(None), is_of_own_group(actor, HelpCall)
        )
        .with_for_update()
    )
    if call is None:
        raise NotVisible
    return call


def find_open_call(enrolment_id: str) -> HelpCall | None:
    """The open call for help of a person."""
    return db.session.scalar(
        select(HelpCall).where(HelpCall.enrolment_id == enrolment_id, HelpCall.ended_at.is_(None))
    )


def find_own_praise(actor: Actor, praise_id: str) -> Praise | None:
    """A kind word that the actor said today."""
    return db.session.scalar(
        select(Praise).where(
            Praise.id == praise_id,
            Praise.from_id == actor.account_id,
            Praise.on == today(actor.zone),
        )
    )


def has_said(actor: Actor, enrolment_id: str, words: PraiseWords) -> bool:
    """Whether the actor has said this to this person today."""
    statement = select(Praise.id).where(
        Praise.enrolment_id == enrolment_id,
        Praise.from_id == actor.account_id,
        Praise.on == today(actor.zone),
        Praise.words == words,
    )
    return db.session.scalar(statement) is not None


def list_buddies(cohort_id: str) -> list[Buddy]:
    """Everyone's place in a pair, of a group that is held until the end of the unit of work."""
    db.session.scalar(select(Cohort.id).where(Cohort.id == cohort_id).with_for_update())
    statement = select(Buddy).where(Buddy.cohort_id == cohort_id).order_by(Buddy.pair, Buddy.id)
    return list(db.session.scalars(statement))
