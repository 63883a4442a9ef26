"""When the survey at a group's end goes, and until when it is open; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.feedback.rules import Question

FEWEST_DAYS, MOST_DAYS = 3, 60
USUAL_DAYS = 14
LONGEST_LATE = timedelta(days=14)
"""A group that ended longer ago is not asked any more."""
_WORDS = "words"


@dataclass(frozen=True, slots=True)
class EndPlan:
    """What a programme's groups are asked at their end, and so many days they have to answer.

    Nothing is sent while `since` is None; else to groups that end on that day or later. `version`
    is 0 while nothing was ever chosen.
    """

    since: date | None = None
    open_days: int = USUAL_DAYS
    standard: Sequence[Question] = tuple(Question)
    asks_for_words: bool = True
    version: int = 0

    @property
    def code(self) -> str:
        """The questions as they are kept."""
        names = [one.value for one in self.standard]
        return ",".join([*names, _WORDS] if self.asks_for_words else names)


def read_questions(code: str) -> tuple[tuple[Question, ...], bool]:
    """The ready questions of a code, and whether own words are asked for too."""
    names = code.split(",")
    return tuple(one for one in Question if one.value in names), _WORDS in names


def check_plan(plan: EndPlan) -> None:
    """Raise RuleBroken for a survey without a question, or one that is open too short or long."""
    if not plan.code:
        raise RuleBroken(N_("Choose one question at least."), "standard")
    if not FEWEST_DAYS <= plan.open_days <= MOST_DAYS:
        raise RuleBroken(
            N_("Enter a number of days from %(low)d to %(high)d."),
            "open_days",
            low=FEWEST_DAYS,
            high=MOST_DAYS,
        )


def is_due(since: date, ends_on: date, today: date) -> bool:
    """Whether the survey of a group goes today: it has ended, after the plan, and not long ago."""
    return since <= ends_on <= today <= ends_on + LONGEST_LATE
