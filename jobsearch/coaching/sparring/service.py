"""Use cases of sparring: offer and withdraw times, book and cancel them, note, agree on steps."""

from datetime import date, timedelta

from jobsearch.coaching.sparring import queries
from jobsearch.coaching.sparring.mail import WITHDRAWN, page_of_times
from jobsearch.coaching.sparring.models import NextStep, Reader, SparringNote, SparringSlot
from jobsearch.coaching.sparring.rules import (
    SlotNow,
    check_booking,
    check_cancelling,
    check_share,
    free_times,
    times_of,
)
from jobsearch.coaching.sparring.shares import week_of_talks
from jobsearch.cohorts.models import Enrolment
from jobsearch.cohorts.seats import OwnSeat, find_seat
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import local, now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.periods import instant_of
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.people.models import Person

_DAY = timedelta(days=1)


def offer_times(actor: Actor, on: date, first: int, last: int, minutes: int) -> int:
    """Offer the coach's times of one day from a minute of the day to another; says how many.

    Times that meet what is offered already are left out. Raises RuleBroken when none is left.
    """
    start, end = (instant_of(on, minute, actor.zone) for minute in (first, last))
    wanted = times_of(start, end, minutes, now())
    taken = queries.taken_between(actor.account_id, start - _DAY, end + _DAY)
    free = free_times(wanted, minutes, taken)
    db.session.add_all(
        SparringSlot(
            organisation_id=actor.organisation_id,
            coach_id=actor.account_id,
            starts_at=at,
            minutes=minutes,
        )
        for at in free
    )
    db.session.flush()
    return len(free)


def withdraw_time(actor: Actor, slot_id: str) -> None:
    """Take an offered time back; who had booked it is told. Raises RuleBroken once it has begun."""
    slot = queries.get_slot(slot_id)
    if slot.coach_id != actor.account_id or slot.withdrawn_at is not None:
        raise NotVisible
    if slot.starts_at <= now():
        raise RuleBroken(N_("This talk has begun already."))
    slot.withdrawn_at = now()
    db.session.flush()
    if slot.enrolment_id is not None:
        _tell(actor, slot)


def _tell(actor: Actor, slot: SparringSlot) -> None:
    enrolment = db.session.get_one(Enrolment, slot.enrolment_id)
    person = db.session.get_one(Person, enrolment.person_id)
    first = person.given_name.split()[0]
    here = local(slot.starts_at, actor.zone)
    send(
        WITHDRAWN,
        Recipient(person.email, person.phone, person.language, person.id, first),
        {
            "coach": actor.name.split()[0],
            "day": here.date(),
            "time": here.time(),
            "link": page_of_times(),
        },
        organisation_id=slot.organisation_id,
        once=f"sparring_withdrawn:{slot.id}",
    )


def book(actor: Actor, slot_id: str, *, instead_of: str | None = None) -> SparringSlot:
    """A participant books a time of her coach; of two who want it one gets it.

    Raises RuleBroken for a time that is gone, taken or kept for others, NotVisible for another
    coach's. `instead_of` is the time that she gives for it.
    """
    seat = _seat(actor)
    if seat.coach_id is not None:
        queries.hold_times(seat.coach_id)  # before any time: who moves holds two of them
    slot = queries.get_slot(slot_id)
    mine = slot.enrolment_id == seat.enrolment_id
    if not mine and slot.coach_id != seat.coach_id:
        raise NotVisible
    check_booking(_now(slot, mine), now())
    if not mine:
        check_share(week_of_talks(slot, seat.enrolment_id, actor.zone, instead_of))
        slot.enrolment_id, slot.booked_at = seat.enrolment_id, now()
        db.session.flush()
    return slot


def cancel(actor: Actor, slot_id: str) -> None:
    """A participant lets her time go before it begins. Raises RuleBroken, NotVisible."""
    slot, seat = queries.get_slot(slot_id), _seat(actor)
    if slot.enrolment_id != seat.enrolment_id:
        raise NotVisible
    check_cancelling(_now(slot, mine=True), now())
    slot.enrolment_id = slot.booked_at = None
    db.session.flush()


def move(actor: Actor, slot_id: str, to_id: str) -> SparringSlot:
    """A participant changes her time for another: she loses none before she has the other."""
    found = book(actor, to_id, instead_of=slot_id)
    if to_id != slot_id:
        cancel(actor, slot_id)
    return found


def _now(slot: SparringSlot, mine: bool) -> SlotNow:
    return SlotNow(
        slot.starts_at, slot.withdrawn_at is not None, slot.enrolment_id is not None, mine
    )


def _seat(actor: Actor) -> OwnSeat:
    seat = find_seat(actor.person_id or "", today(actor.zone))
    if seat is None:
        raise NotVisible
    return seat


def mark_missed(actor: Actor, slot_id: str, missed: bool) -> None:
    """The coach says that a talk did not take place, or that it did after all."""
    slot = queries.get_slot(slot_id)
    if slot.coach_id != actor.account_id or slot.enrolment_id is None:
        raise NotVisible
    if slot.starts_at > now():
        raise RuleBroken(N_("This talk is still to come."))
    slot.missed_at = now() if missed else None
    db.session.flush()


def write_note(actor: Actor, enrolment_id: str, reader: Reader, body: str) -> SparringNote:
    """A note about a participant of the coach's own group. Raises RuleBroken, NotVisible."""
    about = queries.get_talked_with(actor, enrolment_id)
    if not body:
        raise RuleBroken(N_("Write something first."), field="body")
    note = SparringNote(
        organisation_id=actor.organisation_id,
        enrolment_id=enrolment_id,
        person_id=about.person_id,
        writer_id=actor.account_id,
        reader=reader,
        body=body,
        written_at=now(),
    )
    db.session.add(note)
    db.session.flush()
    return note


def agree_step(actor: Actor, enrolment_id: str, text: str, due_on: date | None) -> NextStep:
    """What the participant does next, as agreed; it stands on her day. Raises RuleBroken."""
    about = queries.get_talked_with(actor, enrolment_id)
    if not text:
        raise RuleBroken(N_("Say what she does next."), field="text")
    if due_on is not None and due_on < today(actor.zone):
        raise RuleBroken(N_("This day is in the past."), field="due_on")
    step = NextStep(
        organisation_id=actor.organisation_id,
        enrolment_id=enrolment_id,
        person_id=about.person_id,
        text=text,
        due_on=due_on,
        agreed_at=now(),
    )
    db.session.add(step)
    db.session.flush()
    return step


def finish_step(actor: Actor, step_id: str, done: bool) -> NextStep:
    """The participant or her coach says that a step is done, or not yet. Raises NotVisible."""
    step = _own_step(actor, step_id)
    step.done_at = (step.done_at or now()) if done else None
    db.session.flush()
    return step


def drop_step(actor: Actor, step_id: str) -> NextStep:
    """The coach takes a step away that is not needed any more. Raises NotVisible."""
    step = _own_step(actor, step_id)
    step.dropped_at = now()
    db.session.flush()
    return step


def _own_step(actor: Actor, step_id: str) -> NextStep:
    step = queries.get_step(step_id)
    if actor.role is Role.PARTICIPANT and step.person_id != actor.person_id:
        raise NotVisible
    if actor.role is Role.COACH:
        queries.get_talked_with(actor, step.enrolment_id)
    return step
