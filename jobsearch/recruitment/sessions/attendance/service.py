"""Use cases of attendance: mark who came in one pass, and take the pass back."""

import json
from collections.abc import Mapping
from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now, today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import find_last_move
from jobsearch.recruitment.rules import CallWhy, Stage
from jobsearch.recruitment.service import (
    move_candidate,
    put_on_call_list,
    take_off_call_list,
    undo_move,
)
from jobsearch.recruitment.sessions import queries
from jobsearch.recruitment.sessions.attendance import queries as marks_of
from jobsearch.recruitment.sessions.models import Booking, InfoSession, Marking
from jobsearch.recruitment.sessions.rules import (
    MARKS,
    BookingState,
    check_booking_step,
    check_marking,
)
from jobsearch.recruitment.sessions.service import SOURCE


def mark_attendance(
    actor: Actor, session_id: str, marks: Mapping[str, BookingState]
) -> Marking | None:
    """Mark everyone of a session at once: came, did not come, or not marked.

    Who came goes on in the funnel; who did not come goes to the call list of today. Bookings that
    are not named stay as they are. Returns the pass, or None when nothing changed. Raises
    NotVisible, RuleBroken.
    """
    session = queries.lock_session(session_id)
    check_marking(session.state, session.starts_at, now())
    if not set(marks.values()) <= MARKS:
        raise NotVisible
    changed = [
        booking
        for booking in queries.list_held(session_id)
        if marks.get(booking.id, booking.state) is not booking.state
    ]
    if not changed:
        return None
    before = {booking.id: booking.state for booking in changed}
    for booking in changed:
        _mark(actor, session, booking, marks[booking.id])
    marking = Marking(
        session_id=session_id,
        number=marks_of.next_marking(session_id),
        marked_at=now(),
        marked_by_id=actor.account_id,
        before=json.dumps(before),
        after=json.dumps({key: marks[key] for key in before}),
    )
    db.session.add(marking)
    db.session.flush()
    return marking


def undo_marking(actor: Actor, marking_id: str) -> Marking:
    """Take the newest pass over a list back: everyone is as before it.

    Raises NotVisible, and RuleBroken when somebody has been marked or moved on since.
    """
    marking = db.session.get(Marking, marking_id)
    if marking is None:
        raise NotVisible
    session = queries.lock_session(marking.session_id)
    newest = marks_of.list_markings(session.id)[:1]
    if marking.undone_at is not None or newest != [marking]:
        raise RuleBroken(N_("This was undone already, or somebody has marked the list since."))
    before, after = json.loads(marking.before), json.loads(marking.after)
    for booking in queries.list_held(session.id):
        if booking.id in before:
            if booking.state != after[booking.id]:
                raise RuleBroken(N_("Somebody has marked the list since. Look at it again."))
            _mark(actor, session, booking, BookingState(before[booking.id]))
    marking.undone_at = now()
    db.session.flush()
    return marking


def _mark(actor: Actor, session: InfoSession, booking: Booking, to: BookingState) -> None:
    check_booking_step(booking.state, to)
    is_marked = to is not BookingState.BOOKED
    if not is_marked and queries.find_held(booking.candidate_id) is not None:
        raise RuleBroken(N_("Somebody on the list has booked another info session since."))
    was, booking.state = booking.state, to
    booking.marked_at = now() if is_marked else None
    booking.marked_by_id = actor.account_id if is_marked else None
    db.session.flush()
    _take_back(booking.candidate, was)
    _follow(booking.candidate, session, to)


def _take_back(candidate: Candidate, was: BookingState) -> None:
    """What the earlier mark did to the candidate, as far as nothing has happened since."""
    if was is BookingState.CAME and candidate.stage is Stage.ATTENDED:
        move = find_last_move(candidate.id)
        if move is not None and move.source == SOURCE and move.to_stage is Stage.ATTENDED:
            undo_move(move.id, source=SOURCE)
    elif was is BookingState.DID_NOT_COME and candidate.call_why is CallWhy.MISSED_SESSION:
        take_off_call_list(candidate.id)


def _follow(candidate: Candidate, session: InfoSession, to: BookingState) -> None:
    if candidate.exit_reason is not None:
        return
    if to is BookingState.CAME and candidate.stage is Stage.INVITED:
        move_candidate(candidate.id, Stage.ATTENDED, _day_of(session), source=SOURCE)
    elif to is BookingState.DID_NOT_COME and candidate.stage is Stage.INVITED:
        put_on_call_list(candidate.id, today(session.programme.zone), CallWhy.MISSED_SESSION)


def _day_of(session: InfoSession) -> date:
    return local(session.starts_at, session.programme.zone).date()
