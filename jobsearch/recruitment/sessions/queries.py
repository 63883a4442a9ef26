"""What is asked of info sessions: the coming ones, one with its list, and where a place is left."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select
from sqlalchemy.orm import joinedload

from jobsearch.accounts.models import Account
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme
from jobsearch.recruitment.rules import SessionForm
from jobsearch.recruitment.sessions.models import Booking, InfoSession
from jobsearch.recruitment.sessions.rules import (
    HOLDS_A_PLACE,
    BookingState,
    Mode,
    SessionNow,
    SessionState,
)

PAGE = 25
MOST_OFFERED = 12
"""How many sessions a candidate chooses from: more than fit in three months of every week."""


def places_taken() -> ScalarSelect[int]:
    """How many places of a session are held, inside a statement about sessions."""
    held = Booking.state.in_(HOLDS_A_PLACE)
    statement = select(func.count(Booking.id)).where(Booking.session_id == InfoSession.id, held)
    return statement.correlate(InfoSession).scalar_subquery()


def get_session(session_id: str) -> InfoSession:
    """A session with its programme and its host. Raises NotVisible."""
    statement = (
        select(InfoSession)
        .where(InfoSession.id == session_id)
        .options(
            joinedload(InfoSession.programme),
            joinedload(InfoSession.host).load_only(Account.name),
        )
    )
    session = db.session.scalar(statement)
    if session is None:
        raise NotVisible
    return session


def lock_session(session_id: str) -> InfoSession:
    """The same, held until the end of the unit of work: whoever books meanwhile waits."""
    held = select(InfoSession.id).where(InfoSession.id == session_id).with_for_update()
    if db.session.scalar(held) is None:
        raise NotVisible
    return get_session(session_id)


def as_found(session: InfoSession) -> SessionNow:
    """The session as a booking finds it, its places counted now."""
    held = Booking.state.in_(HOLDS_A_PLACE)
    statement = select(func.count(Booking.id)).where(Booking.session_id == session.id, held)
    taken = db.session.scalar(statement) or 0
    return SessionNow(session.state, session.starts_at, session.capacity, taken)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in a list; its counts are made in SQL."""

    id: str
    programme: str
    session_form: SessionForm
    mode: Mode
    language: str
    starts_at: datetime
    minutes: int
    place: str
    state: SessionState
    capacity: int
    taken: int
    came: int
    unmarked: int
    host: str | None
    zone: str

    @property
    def free(self) -> int:
        """Places that are left."""
        return max(0, self.capacity - self.taken)


def _lines() -> Select[*tuple[object, ...]]:
    return (
        select(
            InfoSession.id,
            Programme.name,
            InfoSession.session_form,
            InfoSession.mode,
            InfoSession.language,
            InfoSession.starts_at,
            InfoSession.minutes,
            InfoSession.place,
            InfoSession.state,
            InfoSession.capacity,
            places_taken(),
            _counted(BookingState.CAME),
            _counted(BookingState.BOOKED),
            Account.name,
            Programme.zone,
        )
        .join(Programme, Programme.id == InfoSession.programme_id)
        .outerjoin(Account, Account.id == InfoSession.host_id)
    )


def _counted(state: BookingState) -> ScalarSelect[int]:
    statement = select(func.count(Booking.id)).where(
        Booking.session_id == InfoSession.id, Booking.state == state
    )
    return statement.correlate(InfoSession).scalar_subquery()


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A page of sessions: those ahead, soonest first, or those behind, latest first."""

    lines: list[SessionLine]
    ahead: int
    behind: int
    is_past: bool

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-(self.behind if self.is_past else self.ahead) // PAGE))


def show_sessions(*, is_past: bool, page: int = 1) -> SessionPage:
    """The sessions ahead (those that began within a day too), or those behind; two statements."""
    at = now()
    behind = InfoSession.starts_at < at
    order = InfoSession.starts_at.desc() if is_past else InfoSession.starts_at
    statement = (
        _lines()
        .where(behind if is_past else ~behind)
        .order_by(order, InfoSession.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    past = case((behind, 1), else_=0)
    count = select(func.coalesce(func.sum(1 - past), 0), func.coalesce(func.sum(past), 0))
    ahead_count, behind_count = db.session.execute(count.select_from(InfoSession)).one()
    lines = [SessionLine(*row) for row in db.session.execute(statement)]  # type: ignore[arg-type]
    return SessionPage(lines, int(ahead_count), int(behind_count), is_past)


def list_bookable(programme_id: str, language: str, but: str | None = None) -> list[SessionLine]:
    """The programme's coming sessions with a free place, those in her language first."""
    conditions: list[ColumnElement[bool]] = [
        InfoSession.programme_id == programme_id,
        InfoSession.state == SessionState.OPEN,
        InfoSession.starts_at > now(),
        places_taken() < InfoSession.capacity,
    ]
    if but is not None:
        conditions.append(InfoSession.id != but)
    own_first = case((InfoSession.language == language, 0), else_=1)
    statement = (
        _lines()
        .where(*conditions)
        .order_by(own_first, InfoSession.starts_at, InfoSession.id)
        .limit(MOST_OFFERED)
    )
    return [SessionLine(*row) for row in db.session.execute(statement)]  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Guest:
    """One booking in the list of a session."""

    booking_id: str
    candidate_id: str
    person_id: str
    name: str
    phone: str | None
    state: BookingState
    booked_at: datetime


def list_guests(session_id: str) -> list[Guest]:
    """Who booked, by name; those who gave their place up stand last."""
    holds = case((Booking.state.in_(HOLDS_A_PLACE), 0), else_=1)
    statement = (
        select(
            Booking.id,
            Booking.candidate_id,
            Booking.person_id,
            Person.given_name,
            Person.family_name,
            Person.phone,
            Booking.state,
            Booking.booked_at,
        )
        .join(Person, Person.id == Booking.person_id)
        .where(Booking.session_id == session_id)
        .order_by(holds, Person.family_name, Person.given_name, Booking.id)
        .limit(200)
    )
    return [
        Guest(key, candidate, person, f"{given} {family}".strip(), phone, state, booked_at)
        for key, candidate, person, given, family, phone, state, booked_at in db.session.execute(
            statement
        )
    ]


def list_held(session_id: str) -> list[Booking]:
    """The bookings that hold a place of a session, with candidate and person."""
    statement = (
        select(Booking)
        .where(Booking.session_id == session_id, Booking.state.in_(HOLDS_A_PLACE))
        .options(joinedload(Booking.candidate), joinedload(Booking.person))
        .order_by(Booking.id)
    )
    return list(db.session.scalars(statement))


def get_booking(booking_id: str) -> Booking:
    """A booking with its candidate and person. Raises NotVisible."""
    statement = (
        select(Booking)
        .where(Booking.id == booking_id)
        .options(joinedload(Booking.candidate), joinedload(Booking.person))
    )
    booking = db.session.scalar(statement)
    if booking is None:
        raise NotVisible
    return booking


def find_last_booking(candidate_id: str) -> Booking | None:
    """The candidate's newest booking, whatever came of it, with its session."""
    statement = (
        select(Booking)
        .where(Booking.candidate_id == candidate_id)
        .options(
            joinedload(Booking.session).joinedload(InfoSession.host).load_only(Account.name),
            joinedload(Booking.person),
        )
        .order_by(Booking.booked_at.desc(), Booking.id)
        .limit(1)
    )
    return db.session.scalars(statement).first()


def find_held(candidate_id: str) -> Booking | None:
    """The place that the candidate holds and that is not marked yet."""
    statement = (
        select(Booking)
        .where(Booking.candidate_id == candidate_id, Booking.state == BookingState.BOOKED)
        .options(
            joinedload(Booking.session),
            joinedload(Booking.candidate),
            joinedload(Booking.person),
        )
    )
    return db.session.scalar(statement)
