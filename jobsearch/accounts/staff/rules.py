"""Rules of how staff sign in: how long a half sign-in and each one-time link lives."""

from datetime import timedelta

from jobsearch.accounts.rules import LinkPurpose
from jobsearch.core.text import mark as N_

HALF_LIFETIME = timedelta(minutes=10)
LINK_LIFETIMES = {
    LinkPurpose.FIRST_PASSWORD: timedelta(days=3),
    LinkPurpose.START_AGAIN: timedelta(days=3),
    LinkPurpose.NEW_PASSWORD: timedelta(hours=1),
    LinkPurpose.NEW_EMAIL: timedelta(hours=1),
}
MOST_LINKS = 3
"""At most so many living links for a forgotten password: a mailbox is not to be filled."""
SETS_PASSWORD = frozenset(
    {LinkPurpose.FIRST_PASSWORD, LinkPurpose.NEW_PASSWORD, LinkPurpose.START_AGAIN}
)

WRONG_PASSWORD = N_("The address or the password is wrong.")
TOO_LATE = N_("It took too long. Sign in with your password again.")
LINK_OVER = N_("This link has been used or is too old. Ask for a new one.")
NO_WAY_IN = N_("This account does not sign in with a password. Use a code instead.")
