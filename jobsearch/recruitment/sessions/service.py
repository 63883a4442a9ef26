"""Use cases of info sessions: plan them, change them, cancel them, invite and book for people.

A session is held by its row while places are counted, so that the last one goes to one person.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.cohorts.queries import is_coach
from jobsearch.core.access import Actor
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.queries import get_candidate
from jobsearch.recruitment.rules import Stage, is_before
from jobsearch.recruitment.service import move_candidate
from jobsearch.recruitment.sessions import queries
from jobsearch.recruitment.sessions.invitations.queries import list_invitable
from jobsearch.recruitment.sessions.letters import drop_waiting, send_invitation, tell
from jobsearch.recruitment.sessions.mail import BOOKED, CALLED_OFF, CHANGED
from jobsearch.recruitment.sessions.models import Booking, InfoSession
from jobsearch.recruitment.sessions.rules import (
    BookedBy,
    BookingState,
    SessionPlan,
    SessionState,
    check_booking_step,
    check_may_book,
    check_may_change,
    check_place,
    check_plan,
    check_session_step,
    series,
)

SOURCE = "session"
"""What the history of a candidate calls the moves that are made here."""


def plan_sessions(
    actor: Actor, programme_id: str, plan: SessionPlan, *, count: int = 1, every_weeks: int = 1
) -> list[InfoSession]:
    """One info session, or a series on the same weekday; public holidays are left out.

    Raises NotVisible, RuleBroken.
    """
    programme = get_programme(programme_id)
    _check_host(actor, plan.host_id)
    years = {plan.on.year, plan.on.year + 1}
    holidays = {day for year in years for day in holidays_of(year)}
    days = series(plan.on, count, every_weeks, holidays)
    made = []
    for day in days:
        one = plan.on_day(day)
        check_plan(one, now(), programme.zone)
        session = InfoSession(programme_id=programme_id)
        _write(session, one, programme.zone)
        made.append(session)
    db.session.add_all(made)
    db.session.flush()
    return made


def _check_host(actor: Actor, host_id: str | None) -> None:
    if host_id and host_id != actor.account_id and not is_coach(actor.organisation_id, host_id):
        raise RuleBroken(N_("Choose one of your coaches."), field="host_id")


def _write(session: InfoSession, plan: SessionPlan, zone: str) -> None:
    session.session_form, session.mode, session.language = plan.form, plan.mode, plan.language
    session.starts_at, session.minutes = plan.starts_at(zone), plan.minutes
    session.capacity, session.host_id = plan.capacity, plan.host_id or None
    session.place = plan.place
    session.meeting_url = plan.meeting_url or None
    session.meeting_phone = plan.meeting_phone or None
    session.note = plan.note


def change_session(actor: Actor, session_id: str, version: int, plan: SessionPlan) -> InfoSession:
    """Change an info session that lies ahead; who booked is told when time or place change.

    Raises NotVisible, RuleBroken, Conflict.
    """
    session = _held(session_id, version)
    if session.state is SessionState.CANCELLED:
        raise RuleBroken(N_("This info session was cancelled: make a new one."))
    if session.starts_at <= now():
        raise RuleBroken(N_("This info session has begun: it cannot be changed any more."))
    _check_host(actor, plan.host_id)
    zone = session.programme.zone
    check_plan(plan, now(), zone, queries.as_found(session).taken)
    before = _told(session)
    _write(session, plan, zone)
    db.session.flush()
    if _told(session) != before:
        _tell_all(session)
    return queries.get_session(session_id)


def _told(session: InfoSession) -> tuple[object, ...]:
    """What people were told of a session."""
    where = session.place, session.meeting_url, session.meeting_phone
    return session.starts_at, session.minutes, session.mode, *where


def _tell_all(session: InfoSession) -> None:
    for booking in queries.list_held(session.id):
        drop_waiting(booking)
        booking.sequence += 1
        booking.candidate.session_on = _day_of(session)
        tell(CHANGED, booking, session, once=f"changed:{booking.id}:{booking.sequence}")
    db.session.flush()


def _held(session_id: str, version: int) -> InfoSession:
    session = queries.lock_session(session_id)
    if session.version != version:
        raise Conflict
    return session


def close_bookings(session_id: str, version: int) -> None:
    """Take no more bookings; who has one keeps it. Raises NotVisible, RuleBroken, Conflict."""
    _step(_held(session_id, version), SessionState.CLOSED)


def open_bookings(session_id: str, version: int) -> None:
    """Take bookings again. Raises NotVisible, RuleBroken, Conflict."""
    _step(_held(session_id, version), SessionState.OPEN)


def _step(session: InfoSession, to: SessionState) -> None:
    check_session_step(session.state, to)
    session.state = to
    db.session.flush()


def cancel_session(session_id: str, version: int) -> int:
    """Cancel an info session that lies ahead, and tell everyone who booked; returns how many.

    Raises NotVisible, RuleBroken, Conflict.
    """
    session = _held(session_id, version)
    if session.starts_at <= now():
        raise RuleBroken(N_("This info session has begun: it cannot be cancelled any more."))
    session.cancelled_at = now()
    _step(session, SessionState.CANCELLED)
    bookings = queries.list_held(session_id)
    for booking in bookings:
        _end(booking, BookingState.CALLED_OFF)
        tell(CALLED_OFF, booking, session, once=f"called-off:{booking.id}")
    db.session.flush()
    return len(bookings)


def invite(actor: Actor, programme_id: str, candidate_ids: Sequence[str]) -> int:
    """Send candidates of a programme an invitation with a link of their own; returns how many.

    Who cannot be invited any more is left out. Raises RuleBroken when nobody is chosen.
    """
    if not candidate_ids:
        raise RuleBroken(N_("Choose at least one candidate."), field="candidates")
    may_be = {one.candidate_id for one in list_invitable(programme_id)}
    chosen = [key for key in dict.fromkeys(candidate_ids) if key in may_be]
    for key in chosen:
        candidate = get_candidate(key)
        mark_invited(candidate)
        send_invitation(candidate, candidate.person, actor.name)
    return len(chosen)


def mark_invited(candidate: Candidate) -> None:
    """The funnel says that she was invited: by a message, or by booking on the telephone."""
    if candidate.stage is Stage.REFERRED:
        move_candidate(candidate.id, Stage.CONTACTED, source=SOURCE)
    if is_before(candidate.stage, Stage.INVITED):
        move_candidate(candidate.id, Stage.INVITED, source=SOURCE)


def book(candidate_id: str, session_id: str, by: BookedBy) -> Booking:
    """Book a place for a candidate, or move the one that she holds; she is told when and where.

    Of two who want the last place one gets it. Raises NotVisible, and RuleBroken with a sentence
    that she reads.
    """
    held = select(Candidate.id).where(Candidate.id == candidate_id).with_for_update()
    if db.session.scalar(held) is None:
        raise NotVisible
    candidate = get_candidate(candidate_id)
    check_may_book(candidate.stage, candidate.exit_reason)
    session = queries.lock_session(session_id)
    if session.programme_id != candidate.programme_id:
        raise NotVisible
    booking = queries.find_held(candidate_id)
    if booking is not None and booking.session_id == session_id:
        return booking
    if booking is not None:
        check_may_change(booking.state, booking.session.starts_at, now())
    check_place(queries.as_found(session), now())
    booking = _move(booking, session) if booking else _new(candidate, session, by)
    mark_invited(candidate)
    candidate.session_on, candidate.session_form = _day_of(session), session.session_form
    db.session.flush()
    tell(BOOKED, booking, session, once=f"booked:{booking.id}:{booking.sequence}")
    return booking


def _new(candidate: Candidate, session: InfoSession, by: BookedBy) -> Booking:
    booking = Booking(
        session=session,
        candidate=candidate,
        person=candidate.person,
        organisation_id=candidate.organisation_id,
        booked_by=by,
        booked_at=now(),
    )
    db.session.add(booking)
    return booking


def _move(booking: Booking, session: InfoSession) -> Booking:
    drop_waiting(booking)
    booking.session = session
    booking.booked_at = now()
    booking.times_moved += 1
    booking.sequence += 1
    return booking


def give_up(candidate_id: str, session_id: str | None = None) -> Booking:
    """The candidate, or somebody for her, gives her place up: that in a session where one is named.

    Raises RuleBroken, also when she holds a place in another session by now.
    """
    booking = queries.find_held(candidate_id)
    if booking is not None and session_id not in (None, booking.session_id):
        raise RuleBroken(N_("This is not possible any more: look at the booking again."))
    if booking is None:
        raise RuleBroken(N_("You have no booking any more. You can make a new one."))
    check_may_change(booking.state, booking.session.starts_at, now())
    _end(booking, BookingState.CANCELLED)
    db.session.flush()
    return booking


def _end(booking: Booking, to: BookingState) -> None:
    check_booking_step(booking.state, to)
    drop_waiting(booking)
    booking.state, booking.ended_at = to, now()
    booking.sequence += 1


def _day_of(session: InfoSession) -> date:
    return local(session.starts_at, session.programme.zone).date()
