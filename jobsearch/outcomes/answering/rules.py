"""What is asked after the one tap, one question at a time, all of it optional; pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from jobsearch.outcomes.rules import Answer, OutcomeKind
from jobsearch.outcomes.told.rules import BY_ANSWER, Asks, asks_of

MORE_LIVES = timedelta(minutes=30)
"""So long the page after the tap stays open, on the phone that tapped and nowhere else."""

ONE_TAP = (
    *(Answer.IN_WORK, Answer.GIG, Answer.STUDIES),
    *(Answer.ENTREPRENEUR, Answer.NOT_IN_WORK, Answer.RATHER_NOT),
)
"""The answers that a person gives herself; "not known" is no answer of hers."""


class Step(StrEnum):
    """One further question."""

    KIND = "kind"
    BEGAN = "began_on"
    HOURS = "weekly_minutes"
    FIT = "fit"


def steps_of(answer: Answer, kind: OutcomeKind | None) -> tuple[Step, ...]:
    """What is asked after an answer, in order; nothing where it tells of no work or studies."""
    if answer not in BY_ANSWER:
        return ()
    kind = only_kind(answer) or kind
    steps = [] if only_kind(answer) else [Step.KIND]
    steps.append(Step.BEGAN)
    if Asks.HOURS in asks_of(kind):
        steps.append(Step.HOURS)
    return (*steps, Step.FIT)


def only_kind(answer: Answer) -> OutcomeKind | None:
    """The kind that an answer says by itself."""
    kinds = BY_ANSWER.get(answer, ())
    return kinds[0] if len(kinds) == 1 else None


def next_step(answer: Answer, kind: OutcomeKind | None, passed: Collection[str]) -> Step | None:
    """The first question that was neither answered nor passed over; None at the end."""
    return next((step for step in steps_of(answer, kind) if step not in passed), None)
