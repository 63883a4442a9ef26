"""Calendar files (RFC 5545): entries that every calendar reads, and replaces when they move."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

MEDIA_TYPE = "text/calendar; charset=utf-8"
_HOUR = "PT1H"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar: `key` lasts, `revision` rises when it moves, so it never doubles."""

    key: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    url: str | None = None
    is_cancelled: bool = False
    revision: int = 0


def version_of(entries: Sequence[Entry]) -> str:
    """A short name of what the entries say now; it changes whenever one of them does."""
    return hashlib.sha256("\n".join(map(repr, entries)).encode()).hexdigest()[:24]


def to_ics(entries: Sequence[Entry], *, name: str, host: str, stamp: datetime) -> bytes:
    """The file. Entries have lasting identifiers at `host`, times with their zone's clock changes.

    `stamp` is when the calendar was first given out: the same entries make the same file.
    """
    # 0.1 s to import and not needed by most requests
    from icalendar import Calendar

    calendar: Any = Calendar()
    calendar.add("prodid", "-//jobsearch//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", _HOUR)
    for entry in entries:
        calendar.add_component(_event(entry, host, stamp))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, host: str, stamp: datetime) -> Any:
    from icalendar import Event

    event: Any = Event()
    event.add("uid", f"{entry.key}@{host}")
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    for kind in ("description", "location", "url"):
        if getattr(entry, kind):
            event.add(kind, getattr(entry, kind))
    return event
