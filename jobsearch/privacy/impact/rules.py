"""The provider's review of the impact on people: what it must say, and when it is due again."""

from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.core.errors import RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.text import mark as N_

LONGEST_NAME = 120
LONGEST_CONSULTED = 1000
LONGEST_WORDS = 4000
LONGEST_MONTHS = 36
WARN_BEFORE = timedelta(days=30)
PAGE = 10

_FUTURE = N_("The day of the review cannot be in the future.")
_ORDER = N_("The next review comes after this one.")
_FAR = N_("The next review is at most %(months)d months away.")


@dataclass(frozen=True, slots=True)
class Review:
    """What a provider decided when it looked at the assessment, and who signs for it."""

    reviewed_on: date
    next_review_on: date
    signed_by: str
    consulted: str
    words: str


def check_review(review: Review, today: date) -> None:
    """Raises RuleBroken on the day that is wrong."""
    if review.reviewed_on > today:
        raise RuleBroken(_FUTURE, field="reviewed_on")
    if review.next_review_on <= review.reviewed_on:
        raise RuleBroken(_ORDER, field="next_review_on")
    if review.next_review_on > add_months(review.reviewed_on, LONGEST_MONTHS):
        raise RuleBroken(_FAR, field="next_review_on", months=LONGEST_MONTHS)


def is_due(next_review_on: date | None, today: date) -> bool:
    """Whether a review is due: there was none, or the next one is at most thirty days away."""
    return next_review_on is None or next_review_on - WARN_BEFORE <= today
