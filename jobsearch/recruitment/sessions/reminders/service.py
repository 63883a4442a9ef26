"""Use cases of reminders: remind everyone whose time has come."""

from jobsearch.core.clock import now
from jobsearch.recruitment.sessions.letters import tell
from jobsearch.recruitment.sessions.mail import REMINDERS
from jobsearch.recruitment.sessions.models import Booking
from jobsearch.recruitment.sessions.reminders import queries
from jobsearch.recruitment.sessions.rules import Reminder, due_reminders, reminder_ends
from jobsearch.recruitment.sessions.trials.rules import Tried

_TRIED = {Reminder.TWO_DAYS: Tried.TWO_DAYS, Reminder.MORNING: Tried.MORNING}


def remind_all() -> int:
    """Write the reminders that are due now, each once however often this is called.

    Who gave the place up, or whose session was cancelled, is not among them; a session that was
    moved to another time is reminded of anew. Returns how many were written.
    """
    at = now()
    return sum(
        _remind(booking, kind)
        for booking in queries.list_ahead(at)
        for kind in due_reminders(
            booking.session.starts_at, booking.booked_at, at, booking.session.programme.zone
        )
    )


def _remind(booking: Booking, kind: Reminder) -> bool:
    session = booking.session
    starts = f"{session.starts_at:%Y%m%d%H%M}"
    written = tell(
        REMINDERS[kind],
        booking,
        session,
        once=f"reminder:{booking.id}:{session.id}:{starts}:{kind}",
        expires_at=reminder_ends(kind, session.starts_at, session.programme.zone),
        tried=_TRIED[kind],
    )
    return written is not None
