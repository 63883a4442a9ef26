"""Surveys on a 1-5 scale: the questions ready to ask, and from how many answers a mean is shown."""

from __future__ import annotations

from enum import StrEnum

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

LOWEST, HIGHEST = 1, 5
# A mean of fewer answers would show what one person said.
FEWEST_SHOWN = 5


class Question(StrEnum):
    """The pilot's four questions, ready for every programme."""

    COACHING_CONTENT = "coaching_content"
    ASSIGNMENTS = "assignments"
    INDIVIDUAL_SUPPORT = "individual_support"
    OVERALL = "overall"


def check_score(score: int) -> None:
    """Raise RuleBroken unless the score is on the scale."""
    if not LOWEST <= score <= HIGHEST:
        raise RuleBroken(
            N_("Choose a number from %(low)d to %(high)d."), "score", low=LOWEST, high=HIGHEST
        )
