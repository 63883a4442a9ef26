"""What the page of one info session is made of; both of its forms come back to it."""

from datetime import datetime
from typing import Any

from jobsearch.core.clock import local, now
from jobsearch.recruitment.sessions import queries
from jobsearch.recruitment.sessions.attendance.queries import list_markings
from jobsearch.recruitment.sessions.invitations.queries import list_invitable
from jobsearch.recruitment.sessions.rules import SessionState, can_be_marked
from jobsearch.web.forms import Form


def wall_start(session: Any) -> datetime:
    """When a session starts on the clock of its programme's wall."""
    return local(session.starts_at, session.programme.zone)


def session_page(session_id: str, form: Form) -> dict[str, Any]:
    """A session with its list, the last pass over it, and who may be booked on the telephone."""
    session = queries.get_session(session_id)
    is_ahead = session.state is not SessionState.CANCELLED and session.starts_at > now()
    may_book = is_ahead and session.state is SessionState.OPEN
    return {
        "form": form,
        "session": session,
        "found": queries.as_found(session),
        "guests": queries.list_guests(session_id),
        "markings": list_markings(session_id)[:1],
        "may_be_booked": list_invitable(session.programme_id) if may_book else [],
        "is_ahead": is_ahead,
        "can_mark": can_be_marked(session.state, session.starts_at, now()),
    }
