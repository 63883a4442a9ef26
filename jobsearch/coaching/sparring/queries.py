"""What is asked of sparring: times, bookings, whether everyone gets her share, notes and steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.coaching.sparring.models import NextStep, Reader, SparringNote, SparringSlot
from jobsearch.coaching.sparring.rules import Taken
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.cohorts.rules import EnrolmentState
from jobsearch.cohorts.seats import OwnSeat
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One offered time, with who has it."""

    id: str
    starts_at: datetime
    minutes: int
    enrolment_id: str | None
    name: str | None
    cohort: str | None
    missed_at: datetime | None


def list_offered(coach_id: str, after: datetime, before: datetime) -> list[SlotLine]:
    """A coach's own times between two instants, by time."""
    statement = (
        select(
            SparringSlot.id,
            SparringSlot.starts_at,
            SparringSlot.minutes,
            SparringSlot.enrolment_id,
            Person.given_name + " " + Person.family_name,
            Cohort.name,
            SparringSlot.missed_at,
        )
        .outerjoin(Enrolment, Enrolment.id == SparringSlot.enrolment_id)
        .outerjoin(Person, Person.id == Enrolment.person_id)
        .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            SparringSlot.coach_id == coach_id,
            SparringSlot.withdrawn_at.is_(None),
            SparringSlot.starts_at >= after,
            SparringSlot.starts_at < before,
        )
        .order_by(SparringSlot.starts_at, SparringSlot.id)
        .limit(200)
    )
    return [SlotLine(*row) for row in db.session.execute(statement)]


def taken_between(coach_id: str, after: datetime, before: datetime) -> list[Taken]:
    """What a coach has offered already."""
    return [Taken(one.starts_at, one.minutes) for one in list_offered(coach_id, after, before)]


def hold_times(coach_id: str) -> None:
    """Let bookings with one coach come one after the other: each counts what the others left."""
    db.session.execute(select(Account.id).where(Account.id == coach_id).with_for_update())


def get_slot(slot_id: str) -> SparringSlot:
    """A time, held until the end of the unit of work. Raises NotVisible."""
    statement = select(SparringSlot).where(SparringSlot.id == slot_id).with_for_update()
    slot = db.session.scalar(statement)
    if slot is None:
        raise NotVisible
    return slot


def list_open_times(seat: OwnSeat, at: datetime) -> list[SparringSlot]:
    """The times that a participant has, and then those of her coach that are free, by time."""
    statement = (
        select(SparringSlot)
        .where(
            SparringSlot.withdrawn_at.is_(None),
            SparringSlot.starts_at > at,
            or_(
                SparringSlot.enrolment_id == seat.enrolment_id,
                and_(SparringSlot.coach_id == seat.coach_id, SparringSlot.enrolment_id.is_(None)),
            ),
        )
        # however many are free, she finds her own
        .order_by(SparringSlot.enrolment_id.is_(None), SparringSlot.starts_at, SparringSlot.id)
        .limit(60)
    )
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class TalkedWith:
    """The person of a talk, for her coach's page."""

    enrolment_id: str
    person_id: str
    name: str
    cohort: str


def get_talked_with(actor: Actor, enrolment_id: str) -> TalkedWith:
    """A participant of one of the coach's own groups. Raises NotVisible."""
    statement = (
        select(
            Enrolment.id,
            Enrolment.person_id,
            Person.given_name + " " + Person.family_name,
            Cohort.name,
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(
            Enrolment.id == enrolment_id,
            Cohort.coach_id == actor.account_id,
            Enrolment.state != EnrolmentState.WITHDREW,
        )
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    return TalkedWith(*row)


def list_notes(enrolment_id: str, readers: Sequence[Reader]) -> list[SparringNote]:
    """Notes about one person that these readers may see, newest first."""
    statement = (
        select(SparringNote)
        .where(SparringNote.enrolment_id == enrolment_id, SparringNote.reader.in_(readers))
        .options(joinedload(SparringNote.writer).load_only(Account.name))
        .order_by(SparringNote.written_at.desc(), SparringNote.id)
        .limit(100)
    )
    return list(db.session.scalars(statement))


def list_steps(enrolment_id: str) -> list[NextStep]:
    """A person's agreed steps: open ones by due day, then done ones, newest first."""
    statement = (
        select(NextStep)
        .where(NextStep.enrolment_id == enrolment_id, NextStep.dropped_at.is_(None))
        .order_by(
            NextStep.done_at.is_not(None),
            NextStep.done_at.desc(),
            NextStep.due_on.is_(None),
            NextStep.due_on,
            NextStep.agreed_at,
            NextStep.id,
        )
        .limit(50)
    )
    return list(db.session.scalars(statement))


def get_step(step_id: str) -> NextStep:
    """An agreed step. Raises NotVisible."""
    step = db.session.scalar(select(NextStep).where(NextStep.id == step_id))
    if step is None:
        raise NotVisible
    return step
