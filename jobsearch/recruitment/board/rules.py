"""What the board says of a funnel: how many go on, how long they wait, and where one stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from jobsearch.core.periods import month_of
from jobsearch.core.ratios import Ratio
from jobsearch.recruitment.rules import ORDER, Stage, reached

UNKNOWN = "-"
"""The municipality or coach of whom nothing is known, in addresses and breakdowns."""


class Breakdown(StrEnum):
    """By what the board is taken apart."""

    MUNICIPALITY = "municipality"
    COACH = "coach"
    CHANNEL = "channel"
    MONTH = "month"


class _Days(Protocol):
    """The days of a candidacy."""

    stage: Stage
    referred_on: date
    contacted_on: date | None
    invited_on: date | None
    session_on: date | None
    attended_on: date | None
    selected_on: date | None
    signed_on: date | None
    started_on: date | None


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody is: the stage, since when as far as it is known, and whether she has left."""

    stage: Stage
    on: date
    has_left: bool


def stage_day(candidate: _Days, stage: Stage) -> date:
    """The day on which a stage was reached, or the nearest one before it that is known."""
    days: Mapping[Stage, date | None] = {
        Stage.REFERRED: candidate.referred_on,
        Stage.CONTACTED: candidate.contacted_on,
        Stage.INVITED: candidate.invited_on or candidate.session_on,
        Stage.ATTENDED: candidate.attended_on,
        Stage.SELECTED: candidate.selected_on,
        Stage.SIGNED: candidate.signed_on,
        Stage.STARTED: candidate.started_on,
    }
    known = [days[one] for one in reached(stage) if days[one] is not None]
    return known[-1] or candidate.referred_on


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who is at a stage now: how many, half of them at most so many days, the longest how many."""

    count: int = 0
    median_days: int = 0
    longest_days: int = 0


def waiting(since: Sequence[tuple[date, int]], as_of: date) -> Waiting:
    """How long those at a stage have been there, from (day, how many) on a day."""
    ages = sorted(
        age for day, count in since for age in [max(0, (as_of - day).days)] * count if count > 0
    )
    if not ages:
        return Waiting()
    return Waiting(len(ages), ages[(len(ages) - 1) // 2], ages[-1])


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the board: who reached it, of the stage before and of all, and who is there."""

    stage: Stage
    reached: int
    of_before: Ratio
    of_all: Ratio
    now: Waiting


def steps_of(counts: Mapping[Stage, int], now: Mapping[Stage, Waiting]) -> list[Step]:
    """The stages in their order, each with the one before it."""
    introduced = counts[Stage.REFERRED]
    befores = [introduced, *(counts[stage] for stage in ORDER)]
    return [
        Step(
            stage,
            counts[stage],
            Ratio(counts[stage], before),
            Ratio(counts[stage], introduced),
            now.get(stage, Waiting()),
        )
        for stage, before in zip(ORDER, befores, strict=False)
    ]


def month_in(text: str) -> date | None:
    """The first day of a month written 2026-11, or None."""
    year, dash, month = text.partition("-")
    whole = dash and len(year) == 4 and len(month) == 2 and (year + month).isascii()
    if not whole or not (year + month).isdigit() or not 1 <= int(month) <= 12 or year < "1900":
        return None
    return month_of(date(int(year), int(month), 1)).first


class _Candidacy(_Days, Protocol):
    """The days of a candidacy and its end."""

    exited_on: date | None

    @property
    def has_left(self) -> bool:
        """Whether it has ended."""
        ...


def where_of(candidate: _Candidacy) -> Where:
    """Where somebody is: at her stage since its day, or gone since the day that she left."""
    on = stage_day(candidate, candidate.stage)
    if candidate.has_left:
        return Where(candidate.stage, candidate.exited_on or on, has_left=True)
    return Where(candidate.stage, on, has_left=False)
