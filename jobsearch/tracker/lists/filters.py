"""What narrows a list of actions, as it is written in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.periods import Span, week_of
from jobsearch.tracker.rules import ActionSource, Activity, Channel, Reply

ANY, LOGGED, NONE, SEARCH = "any", "logged", "none", "search"
"""Any reply; not from a file; nothing told; every kind but interviews."""
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; nothing chosen narrows nothing.

    `channel`, `reply`, `from_kind` and `from_channel` may be NONE: not told. With `is_counted`
    the list holds what the results of groups count, of the days from `first` to `last`.
    """

    text: str = ""
    activity: Activity | None = None
    is_search: bool = False
    channel: Channel | str = ""
    reply: Reply | str = ""
    source: ActionSource | str = ""
    from_kind: Activity | str = ""
    from_channel: Channel | str = ""
    cohort_id: str = ""
    person_id: str = ""
    programme_id: str = ""
    is_counted: bool = False
    first: date | None = None
    last: date | None = None


def filters_of(actor: Actor, chosen: Mapping[str, str]) -> Filters:
    """The filters of what is chosen, by the names of the form; what cannot be is no filter."""
    day = today(actor.zone)
    period = {"today": Span(day, day), "week": week_of(day)}.get(chosen.get("period", ""))
    first, last = _day(chosen.get("first", "")), _day(chosen.get("last", ""))
    reply, source = chosen.get("reply", ""), chosen.get("source", "")
    return Filters(
        text=chosen.get("q", ""),
        activity=_one_of(Activity, chosen.get("activity", "")),
        is_search=chosen.get("activity") == SEARCH,
        channel=_told(Channel, chosen.get("channel", "")),
        reply=ANY if reply == ANY else _told(Reply, reply),
        source=LOGGED if source == LOGGED else _one_of(ActionSource, source) or "",
        from_kind=_told(Activity, chosen.get("from_kind", "")),
        from_channel=_told(Channel, chosen.get("from_channel", "")),
        cohort_id=chosen.get("cohort", ""),
        person_id=chosen.get("person", ""),
        programme_id=chosen.get("programme", ""),
        is_counted=bool(chosen.get("counted")),
        first=period.first if period else first,
        last=period.last if period else last,
    )


def _one_of(kind: type[_Kind], text: str) -> _Kind | None:
    return kind(text) if text in list(kind) else None


def _told(kind: type[_Kind], text: str) -> _Kind | str:
    return NONE if text == NONE else _one_of(kind, text) or ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
