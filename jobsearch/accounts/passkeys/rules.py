"""Rules of passkeys: how long a question to a device lives, and how many one may have."""

from datetime import timedelta

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

CHALLENGE_LIFETIME = timedelta(minutes=5)
MOST_PASSKEYS = 10
WRONG_PASSKEY = N_("This passkey does not open this account. Try again, or use another way.")
NOT_MADE = N_("The passkey was not made. Try again, or use an app instead.")


def check_may_add(passkeys: int) -> None:
    """Ten are enough for anybody. Raises RuleBroken."""
    if passkeys >= MOST_PASSKEYS:
        raise RuleBroken(
            N_("You have %(most)d passkeys already. Remove one first."), most=MOST_PASSKEYS
        )
