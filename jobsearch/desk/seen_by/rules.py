"""How looks become the lines that a participant reads, and which kinds of things went outside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from jobsearch.core.access import Role
from jobsearch.core.looks import Look, kind_of
from jobsearch.core.text import mark as _

KEPT_YEARS = 5
"""For so long a look is promised to be shown (act 906/2019 section 17; common practice)."""
PAGE = 25
OTHER_SEEKER = "seeker"
"""Whoever of the participants tried something: no name of theirs is told to another."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One look as it was written down."""

    at: datetime
    account_id: str
    role: str
    organisation_id: str
    what: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The looks of one reader in one role at one kind of thing on one day.

    `last` is on the clock of the zone. `kind` is None for one that nobody knows any more.
    """

    on: date
    who: str
    role: str
    organisation_id: str
    kind: Look | None
    refused: bool
    times: int
    last: datetime


def joined(entries: Iterable[Entry], zone: str) -> list[Line]:
    """Looks as lines, the newest first; equal ones of a day are one line with how many they are."""
    found: dict[tuple[date, str, str, str, Look | None, bool], tuple[int, datetime]] = {}
    for one in entries:
        at = one.at.astimezone(ZoneInfo(zone))
        key = (
            at.date(),
            reader_of(one),
            one.role,
            one.organisation_id,
            kind_of(one.what),
            one.refused,
        )
        times, last = found.get(key, (0, at))
        found[key] = (times + 1, max(last, at))
    lines = [Line(*key, times, last) for key, (times, last) in found.items()]
    return sorted(lines, key=_order, reverse=True)


def _order(line: Line) -> tuple[datetime, str, str, bool]:
    return line.last, line.who, line.kind or "", line.refused


def reader_of(entry: Entry) -> str:
    """Who looked, as the page tells her apart: an account, or just another participant."""
    return OTHER_SEEKER if entry.role == Role.PARTICIPANT else entry.account_id


def narrowed(lines: Sequence[Line], who: str, what: str) -> list[Line]:
    """The lines of one reader, or of one kind, or all; what nobody has is no filter."""
    by_who = who in {line.who for line in lines}
    by_what = what in {line.kind for line in lines}
    return [
        line
        for line in lines
        if (not by_who or line.who == who) and (not by_what or line.kind == what)
    ]


def by_day(lines: Iterable[Any]) -> Mapping[date, list[Any]]:
    """Lines (of looks, or of what went outside) under their days, in the order of the lines."""
    days: dict[date, list[Any]] = {}
    for line in lines:
        days.setdefault(line.on, []).append(line)
    return days


class Outside(StrEnum):
    """What of a person's leaves the house, where the product knows it of each person."""

    ANALYSIS = "analysis"
    REGISTER = "register"
    BANK = "bank"
    PAYROLL = "payroll"
    MESSAGE = "message"


OUTSIDE: dict[Outside, str] = {
    Outside.ANALYSIS: _("Your analysis, by your permission"),
    Outside.REGISTER: _("Your wage report, to the Incomes Register of the Tax Administration"),
    Outside.BANK: _("Your wage and account number, in the file for the employer's bank"),
    Outside.PAYROLL: _("Your hours and pay, in the file for the system that pays you"),
    Outside.MESSAGE: _("A message to you"),
}


@dataclass(frozen=True, slots=True)
class Sending:
    """Equal things that went outside on one day; `more` says to whom, or which message it was."""

    on: date
    kind: Outside
    more: str
    times: int
    last: datetime


def sendings(rows: Iterable[tuple[str, datetime, str]], zone: str) -> list[Sending]:
    """What went outside as lines, the newest first; rows are kind, instant and the rest."""
    found: dict[tuple[date, Outside, str], tuple[int, datetime]] = {}
    for kind, instant, more in rows:
        at = instant.astimezone(ZoneInfo(zone))
        key = (at.date(), Outside(kind), more)
        times, last = found.get(key, (0, at))
        found[key] = (times + 1, max(last, at))
    lines = [Sending(*key, times, last) for key, (times, last) in found.items()]
    return sorted(lines, key=lambda line: (line.last, line.kind, line.more), reverse=True)
