"""What the pages of trials show beside their rows."""

from typing import Any

from jobsearch.core.ratios import Difference95, Rate95
from jobsearch.notices.rules import GAPS
from jobsearch.recruitment.sessions.trials import queries
from jobsearch.recruitment.sessions.trials.rules import Arm, Result, Tried, Wording
from jobsearch.recruitment.sessions.trials.service import KINDS


def placeholders() -> dict[Tried, list[tuple[str, str]]]:
    """The placeholders that a wording of each message may have, with what they mean."""
    return {
        tried: [(f"{{{gap}}}", GAPS[gap]) for gap in sorted(kind.gaps)]
        for tried, kind in KINDS.items()
    }


def trial_page(trial_id: str) -> dict[str, Any]:
    """A trial with the number of its candidates, and its figures once it is closed."""
    trial = queries.get_trial(trial_id)
    result = None
    if trial.closed_at is not None:
        kept = (
            (trial.first_came or 0, trial.first_of or 0),
            (
                trial.second_came or 0,
                trial.second_of or 0,
            ),
        )
        first, second = (
            Arm(word, Rate95.of(*pair), 0) for word, pair in zip(Wording, kept, strict=True)
        )
        result = Result(first, second, Difference95.of(*kept))
    return {"trial": trial, "cases": queries.count_cases(trial_id), "result": result}
