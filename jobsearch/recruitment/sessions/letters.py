"""Writes the messages about info sessions into the outbox, each with a fresh personal link."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from jobsearch.accounts.models import Account
from jobsearch.core.clock import local, now
from jobsearch.core.db import db
from jobsearch.core.text import Word
from jobsearch.core.text import mark as N_
from jobsearch.links.service import issue_link
from jobsearch.notices.models import Message, MessageState
from jobsearch.notices.preferences.queries import choices_of
from jobsearch.notices.queries import is_written
from jobsearch.notices.rules import Recipient, TextKind
from jobsearch.notices.service import send
from jobsearch.notices.wording import spoken
from jobsearch.organisations.queries import get_organisation
from jobsearch.people.models import Person
from jobsearch.recruitment.models import Candidate
from jobsearch.recruitment.sessions.mail import INVITATION, booking_link
from jobsearch.recruitment.sessions.models import Booking, InfoSession
from jobsearch.recruitment.sessions.rules import Mode
from jobsearch.recruitment.sessions.trials.rules import Tried
from jobsearch.recruitment.sessions.trials.service import wording_for
from jobsearch.web.formats import time_text

BOOKING_PURPOSE = "recruitment.booking"
LINK_LIVES = timedelta(days=60)
_ABOUT_A_PLACE = ("booked", "changed", "reminder")
_ONLINE = N_("online")
_COACH = N_("Your coach")


def recipient_of(person: Person) -> Recipient:
    """The person as somebody who gets a message."""
    first = person.given_name.split()[0]
    return Recipient(person.email, person.phone, person.language, person.id, first)


def language_of(person: Person) -> str:
    """The language that messages to the person are written in."""
    return spoken(choices_of(person.id).language or person.language)


def new_booking_link(candidate: Candidate, language: str, ahead_of: datetime | None = None) -> str:
    """A fresh link to the candidate's booking page; it outlives the session that it is about."""
    ends = max(now(), ahead_of or now()) + LINK_LIVES
    secret = issue_link(
        BOOKING_PURPOSE,
        candidate.id,
        expires_at=ends,
        language=language,
        organisation_id=candidate.organisation_id,
    )
    return booking_link(secret)


def send_invitation(candidate: Candidate, person: Person, coach: str) -> str | None:
    """Invite a candidate; the wording is that of a running trial, if there is one."""
    language = language_of(person)
    return send(
        wording_for(INVITATION, Tried.INVITATION, candidate, language),
        recipient_of(person),
        {
            "coach": coach.split(maxsplit=1)[0],
            "organisation": get_organisation(candidate.organisation_id).name,
            "link": new_booking_link(candidate, language),
        },
        organisation_id=candidate.organisation_id,
    )


def tell(
    kind: TextKind,
    booking: Booking,
    session: InfoSession,
    *,
    once: str,
    expires_at: datetime | None = None,
    tried: Tried | None = None,
) -> str | None:
    """Tell who holds a place about her session. `once` names what is told one time only."""
    if is_written(once):
        return None  # no wording is drawn and no link made for nothing
    person = booking.person
    language = language_of(person)
    if tried is not None:
        kind = wording_for(kind, tried, booking.candidate, language)
    start = local(session.starts_at, session.programme.zone)
    return send(
        kind,
        recipient_of(person),
        {
            "coach": first_name(session.host),
            "day": start.date(),
            "time": time_text(start.time(), language),
            "place": session.place if session.mode is Mode.ON_SITE else Word(_ONLINE),
            "link": new_booking_link(booking.candidate, language, session.starts_at),
        },
        organisation_id=booking.organisation_id,
        once=once,
        expires_at=expires_at or session.starts_at,
    )


def drop_waiting(booking: Booking) -> None:
    """What was written about a place and has not gone yet is not sent: it is not true any more."""
    waiting = select(Message).where(
        Message.subject_id == booking.person_id,
        Message.state == MessageState.WAITING,
        or_(*(Message.once.startswith(f"{word}:{booking.id}:") for word in _ABOUT_A_PLACE)),
    )
    for message in db.session.scalars(waiting):
        message.expires_at = now()


def first_name(account: Account | None) -> str:
    """The first name of whoever holds the session."""
    return account.name.split()[0] if account else Word(_COACH)
