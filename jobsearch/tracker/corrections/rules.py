"""What a correction needs: a reason in words, and something that it changes."""

from jobsearch.core.errors import RuleBroken
from jobsearch.core.health_words import check_shared_words
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import MOST_A_DAY, ActionSource

MOST_REASON = 200


def check_reason(reason: str, *, about_work: bool) -> None:
    """A correction says why in at most 200 characters, and nothing of health. Raises RuleBroken."""
    if not reason:
        raise RuleBroken(N_("Say why it is corrected."), field="reason")
    if len(reason) > MOST_REASON:
        raise RuleBroken(
            N_("At most %(most)d characters fit here."), field="reason", most=MOST_REASON
        )
    check_shared_words("reason", reason, about_work=about_work)


def check_count(count: int, source: ActionSource) -> None:
    """Only a figure of a file stands for more than one action. Raises RuleBroken."""
    most = MOST_A_DAY if source is ActionSource.IMPORTED else 1
    if not 1 <= count <= most:
        raise RuleBroken(
            N_("Write a number from 1 to %(most)d. What was never done is a mistake: choose that."),
            field="count",
            most=most,
        )


def nothing_changes() -> RuleBroken:
    """What is to be raised when a correction would leave everything as it is."""
    return RuleBroken(N_("This is what stands there already: nothing would be corrected."))
