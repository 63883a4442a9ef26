"""Use case: on the day before an interview its person is reminded of it."""

from jobsearch.core.clock import HOME, local, now
from jobsearch.core.text import Outcome, Word
from jobsearch.notices.rules import Recipient
from jobsearch.notices.service import send
from jobsearch.tracker.interviews import queries
from jobsearch.tracker.interviews.mail import ALL_READY, PLACES, REMINDER, page_of
from jobsearch.tracker.interviews.rules import (
    TO_PREPARE,
    WAY_NAMES,
    is_reminder_due,
    open_items,
)


def remind_all() -> int:
    """Write the reminders that are due now, each once however often this is called.

    One that was taken away is not among them; one that was moved is reminded of anew. Returns how
    many were written.
    """
    at = now()
    due = (
        one
        for one in queries.list_ahead(at)
        if is_reminder_due(one.starts_at, one.changed_at, at, HOME)
    )
    return sum(_remind(one) for one in due)


def _remind(one: queries.Ahead) -> bool:
    here = local(one.starts_at)
    items = open_items(one.ticked)
    place: str = Word(WAY_NAMES[one.way])
    if one.place:
        place = Outcome(PLACES[one.way], place=one.place)
    name = one.given_name.split(maxsplit=1)[0]
    written = send(
        REMINDER,
        Recipient(one.email, one.phone, one.language, one.person_id, name),
        {
            "day": here.date(),
            "time": here.time(),
            "place": place,
            "news": [Word(TO_PREPARE[item]) for item in items] or [Word(ALL_READY)],
            "count": str(len(items)),
            "link": page_of(one.id),
        },
        organisation_id=one.organisation_id,
        once=f"interview:{one.id}:{one.starts_at:%Y%m%d%H%M}",
        expires_at=one.starts_at,
    )
    return written is not None
