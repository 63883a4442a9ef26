"""Surveys on a 1-5 scale: whom they ask, what is ready to ask, and when answers are shown; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import Words
from jobsearch.core.text import mark as N_

LOWEST, HIGHEST = 1, 5
# A mean of fewer answers would show what one person said.
FEWEST_SHOWN = 5
LONGEST_WORDS = 1000
MOST_QUESTIONS = 12
LONGEST_OPEN = timedelta(days=90)
WORDS_KEPT_MONTHS = 24
"""What was written in own words is erased so many months after the survey closed."""


class Question(StrEnum):
    """The pilot's four questions, ready for every programme."""

    COACHING_CONTENT = "coaching_content"
    ASSIGNMENTS = "assignments"
    INDIVIDUAL_SUPPORT = "individual_support"
    OVERALL = "overall"


class Audience(StrEnum):
    """Whom a survey asks; figures of different audiences are never added up."""

    PARTICIPANTS = "participants"
    COACHES = "coaches"
    MUNICIPAL_COACHES = "municipal_coaches"
    EMPLOYERS = "employers"


class AnswerForm(StrEnum):
    """How a question is answered: on the scale, or in own words."""

    SCALE = "scale"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is entered of a new survey."""

    name: str
    audience: Audience
    cohort_id: str | None
    closed_on: date | None
    standard: Sequence[Question]
    asks_for_words: bool


def check_score(score: int) -> None:
    """Raise RuleBroken unless the score is on the scale."""
    if not LOWEST <= score <= HIGHEST:
        raise RuleBroken(
            N_("Choose a number from %(low)d to %(high)d."), "score", low=LOWEST, high=HIGHEST
        )


def check_closing(closed_on: date | None, today: date) -> date:
    """The last day of a survey: today at the earliest, and not for ever. Raises RuleBroken."""
    if closed_on is None or not today <= closed_on <= today + LONGEST_OPEN:
        raise RuleBroken(
            N_("Choose a last day from today on, at most %(days)d days ahead."),
            "closed_on",
            days=LONGEST_OPEN.days,
        )
    return closed_on


def steps_of(waiting: Iterable[tuple[str, int]]) -> list[list[str]]:
    """Which of the closed surveys are shown now, step by step, by how many answered each.

    Five answers or more are a step of their own. Smaller ones wait for each other, in their
    order, until together they are five; the rest goes on waiting. Whatever is shown later is a
    sum of whole steps, so that no subtraction, over time or of parts from a whole, leaves fewer
    than five.
    """
    steps: list[list[str]] = []
    pooled: list[str] = []
    together = 0
    for key, answers in waiting:
        if answers >= FEWEST_SHOWN:
            steps.append([key])
        elif answers > 0:
            pooled.append(key)
            together += answers
        if together >= FEWEST_SHOWN:
            steps.append(pooled)
            pooled, together = [], 0
    return steps


def mean_of(counts: Mapping[int, int]) -> tuple[int, int]:
    """The sum of the scores and how many gave one."""
    return sum(score * count for score, count in counts.items()), sum(counts.values())


OWN_WORDS = Words(
    fi="Mikä oli hyvää, ja mitä muuttaisit?",
    sv="Vad var bra, och vad skulle du ändra på?",
    en="What was good, and what would you change?",
)
"""The question in own words that is ready to be asked."""


def reminded_after(sent_on: date, closed_on: date) -> int | None:
    """In how many days the one reminder goes: a week, or half of a shorter time; None for no time.

    It goes to everyone who was asked, as nobody knows who has answered.
    """
    days = min(7, (closed_on - sent_on).days // 2)
    return days if days >= 1 else None
