"""What a person is asked of her own job or studies, kind by kind, and what may be told; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.rules import (
    Answer,
    FoundThrough,
    Origin,
    OutcomeKind,
    OwnField,
    check_measures,
    check_outcome,
)

MOST_WAITING = 20
"""More than this nobody tells before a coach has looked; it keeps a page from filling up."""


class ToldState(StrEnum):
    """What became of what a person told."""

    TOLD = "told"
    NOTED = "noted"
    NOT_SO = "not_so"
    TAKEN_BACK = "taken_back"


class Asks(StrEnum):
    """What is asked of a kind besides when it begins."""

    END = "end"
    HOURS = "hours"
    FIELD = "field"


K = OutcomeKind
_ASKS: Mapping[OutcomeKind, frozenset[Asks]] = {
    K.PERMANENT_FULL_TIME: frozenset({Asks.FIELD}),
    K.PERMANENT_PART_TIME: frozenset({Asks.HOURS, Asks.FIELD}),
    K.FIXED_TERM_FULL_TIME: frozenset({Asks.END, Asks.FIELD}),
    K.FIXED_TERM_PART_TIME: frozenset({Asks.END, Asks.HOURS, Asks.FIELD}),
    K.AGENCY_WORK: frozenset({Asks.END, Asks.HOURS, Asks.FIELD}),
    K.OWN_FIELD_WORK: frozenset({Asks.END, Asks.HOURS}),
    K.FREELANCE: frozenset({Asks.END, Asks.HOURS, Asks.FIELD}),
    K.SELF_EMPLOYMENT: frozenset({Asks.HOURS, Asks.FIELD}),
    K.SUBSIDISED_WORK: frozenset({Asks.END, Asks.HOURS, Asks.FIELD}),
    K.OTHER_WORK: frozenset({Asks.END, Asks.HOURS, Asks.FIELD}),
    K.STUDIES: frozenset({Asks.END}),
}

BY_ANSWER: Mapping[Answer, tuple[OutcomeKind, ...]] = {
    Answer.IN_WORK: (
        K.PERMANENT_FULL_TIME,
        K.PERMANENT_PART_TIME,
        K.FIXED_TERM_FULL_TIME,
        K.FIXED_TERM_PART_TIME,
        K.AGENCY_WORK,
        K.SUBSIDISED_WORK,
        K.OTHER_WORK,
    ),
    Answer.GIG: (K.FREELANCE, K.AGENCY_WORK),
    Answer.STUDIES: (K.STUDIES,),
    Answer.ENTREPRENEUR: (K.SELF_EMPLOYMENT,),
}


def asks_of(kind: OutcomeKind | None) -> frozenset[Asks]:
    """What is asked of a kind."""
    return _ASKS[kind] if kind is not None else frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What a person tells of herself; minutes a week, and 1-5 how well it fits."""

    kind: OutcomeKind
    began_on: date
    ended_on: date | None = None
    weekly_minutes: int | None = None
    own_field: OwnField | None = None
    fit: int | None = None
    found_through: FoundThrough | None = None
    origin: Origin | None = None


def check_told(told: Told, today: date) -> None:
    """Raise RuleBroken for days that cannot be so, or hours and fit off their scales."""
    check_outcome(told.kind, told.began_on, told.ended_on, today)
    check_measures(told.weekly_minutes, told.fit)
    if told.began_on < add_months(today, -60):
        raise RuleBroken(N_("That was more than five years ago."), "began_on")


def check_end(began_on: date, ended_on: date | None, today: date) -> date:
    """The last day. Raises RuleBroken for none, one to come, or one before it began."""
    if ended_on is None or ended_on > today:
        raise RuleBroken(N_("Enter the last day, today at the latest."), "ended_on")
    if ended_on < began_on:
        raise RuleBroken(N_("The end cannot be before the beginning."), "ended_on")
    return ended_on


def check_waiting(waiting: int) -> None:
    """Raise RuleBroken when much waits for the coach already."""
    if waiting >= MOST_WAITING:
        raise RuleBroken(N_("Your coach has much to look at already. Wait for an answer first."))


def check_still_told(state: ToldState) -> None:
    """Raise RuleBroken for what somebody has looked at, or she has taken back."""
    if state is not ToldState.TOLD:
        raise RuleBroken(N_("This has been looked at already. Look at it again."))
