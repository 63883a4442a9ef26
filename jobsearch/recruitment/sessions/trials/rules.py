"""Trials of two wordings: who gets which, when a case is settled, and what may be concluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.ratios import Difference95, Rate95
from jobsearch.core.text import mark as N_

BLOCK = 4
"""Of each four candidates two get each wording, in an order that nobody can foresee."""
SETTLED_AFTER = timedelta(days=30)
"""Who has not booked for so long counts as not having come."""


class Wording(StrEnum):
    """One of the two texts of a trial."""

    FIRST = "first"
    SECOND = "second"


class TrialState(StrEnum):
    """Whether a trial still runs; staff read who got what only when it is closed."""

    RUNNING = "running"
    CLOSED = "closed"


class Tried(StrEnum):
    """Which message's wording is tried."""

    INVITATION = "invitation"
    TWO_DAYS = "two_days"
    MORNING = "morning"


NEXT: Mapping[TrialState, frozenset[TrialState]] = {
    TrialState.RUNNING: frozenset({TrialState.CLOSED}),
    TrialState.CLOSED: frozenset(),
}


def check_step(state: TrialState, to: TrialState) -> None:
    """Raise RuleBroken unless a trial may go from one state to the other."""
    if to not in NEXT[state]:
        raise RuleBroken(N_("This trial is closed already."))


def draw(earlier: Sequence[Wording], chance: int) -> Wording:
    """The wording for the next candidate: random, and even within each block of four.

    `earlier` are the wordings given so far, oldest first; `chance` is a random number.
    """
    block = earlier[len(earlier) - len(earlier) % BLOCK :]
    left = [word for word in Wording for _each in range(BLOCK // 2 - block.count(word))]
    return left[chance % len(left)]


def check_texts(first: str, second: str) -> None:
    """Two wordings that are the same try nothing. Raises RuleBroken."""
    if " ".join(first.split()) == " ".join(second.split()):
        raise RuleBroken(N_("The two wordings are the same."), field="second")


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate of a trial, as far as it is known what came of it."""

    wording: Wording
    assigned_at: datetime
    came: bool
    stayed_away: bool
    is_booked: bool
    has_left: bool


def is_settled(case: Case, now: datetime) -> bool:
    """Whether it is known if she came: marked, left, or silent for a month without a booking."""
    if case.came or case.has_left:
        return True
    if case.is_booked:
        return False
    return case.stayed_away or now - case.assigned_at >= SETTLED_AFTER


@dataclass(frozen=True, slots=True)
class Arm:
    """What came of one wording: how many came of those that are settled, and how many are open."""

    wording: Wording
    rate: Rate95
    still_open: int


@dataclass(frozen=True, slots=True)
class Result:
    """Both wordings side by side, and the difference (first minus second) with its interval."""

    first: Arm
    second: Arm
    difference: Difference95 | None

    @property
    def arms(self) -> tuple[Arm, Arm]:
        """Both."""
        return self.first, self.second


def result_of(cases: Sequence[Case], now: datetime) -> Result:
    """Attendance by wording. Everyone who got a wording counts, whether she read it or not."""
    first, second = (_arm(word, cases, now) for word in Wording)
    ones, others = first.rate.ratio, second.rate.ratio
    difference = Difference95.of(
        (ones.numerator, ones.denominator), (others.numerator, others.denominator)
    )
    return Result(first, second, difference)


def _arm(word: Wording, cases: Sequence[Case], now: datetime) -> Arm:
    own = [case for case in cases if case.wording is word]
    settled = [case for case in own if is_settled(case, now)]
    came = sum(case.came for case in settled)
    return Arm(word, Rate95.of(came, len(settled)), len(own) - len(settled))
