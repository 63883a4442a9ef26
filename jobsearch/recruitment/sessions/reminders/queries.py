"""What is asked before reminding: which providers have a session ahead, and who holds a place."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.recruitment.sessions.models import Booking, InfoSession
from jobsearch.recruitment.sessions.rules import BookingState, SessionState

_AHEAD = timedelta(days=3)


def list_providers(at: datetime) -> list[str]:
    """The providers that have somebody to remind within three days; asked for all of them."""
    statement = (
        select(Booking.organisation_id)
        .join(InfoSession, InfoSession.id == Booking.session_id)
        .where(*_ahead(at))
        .distinct()
        .order_by(Booking.organisation_id)
    )
    return list(db.session.scalars(statement))


def list_ahead(at: datetime) -> list[Booking]:
    """Every place held in a session of the next three days, with all that a reminder says."""
    statement = (
        select(Booking)
        .join(InfoSession, InfoSession.id == Booking.session_id)
        .where(*_ahead(at))
        .options(
            contains_eager(Booking.session).joinedload(InfoSession.programme),
            contains_eager(Booking.session).joinedload(InfoSession.host).load_only(Account.name),
            joinedload(Booking.candidate),
            joinedload(Booking.person),
        )
        .order_by(InfoSession.starts_at, Booking.id)
    )
    return list(db.session.scalars(statement))


def _ahead(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Booking.state == BookingState.BOOKED,
        InfoSession.state != SessionState.CANCELLED,
        InfoSession.starts_at > at,
        InfoSession.starts_at < at + _AHEAD,
    )
