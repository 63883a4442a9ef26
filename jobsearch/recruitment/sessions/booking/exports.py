"""A candidate's place as a calendar file; its title names nobody."""

from datetime import timedelta

from flask_babel import gettext as _

from jobsearch.core.clock import local
from jobsearch.recruitment.sessions.booking.queries import BookingPage
from jobsearch.recruitment.sessions.rules import BookingState, Mode
from jobsearch.web.calendars import Entry, to_ics


def calendar_of(page: BookingPage, host: str) -> bytes | None:
    """The file, or None while there is no booking.

    The identifier is that of the booking and its sequence grows, so that a calendar replaces what
    it knew when the place was moved, and strikes it out when it was given up.
    """
    booking = page.booking
    if booking is None:
        return None
    session = booking.session
    start = local(session.starts_at, page.zone)
    lines = [page.organisation]
    if session.meeting_url:
        lines.append(_("Join the meeting: %(address)s", address=session.meeting_url))
    if session.meeting_phone:
        lines.append(_("Join by phone: %(number)s", number=session.meeting_phone))
    if session.note:
        lines.append(session.note)
    entry = Entry(
        key=booking.id,
        starts_at=start,
        # the end is reckoned in real time: an hour stays an hour when the clocks change
        ends_at=local(session.starts_at + timedelta(minutes=session.minutes), page.zone),
        summary=_("Info session"),
        description="\n".join(lines),
        location=session.place if session.mode is Mode.ON_SITE else session.meeting_url or "",
        url=session.meeting_url,
        is_cancelled=booking.state in (BookingState.CANCELLED, BookingState.CALLED_OFF),
        revision=booking.sequence,
    )
    return to_ics([entry], name=_("Info session"), host=host, stamp=booking.booked_at)
