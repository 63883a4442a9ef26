"""Rules of signing in: in which ways, and how long a sign-in lives."""

from datetime import datetime, timedelta
from enum import StrEnum

from jobsearch.core.access import Role

LINK_LIFETIME = timedelta(days=3)
IDLE_LIMIT = timedelta(minutes=30)
IDLE_LIMIT_PARTICIPANT = timedelta(minutes=60)
WHOLE_LIMIT = timedelta(hours=12)
CLOCKS_DIFFER = timedelta(minutes=1)
"""By how much the clock of one web machine may be ahead of another's."""
SEEN_STEP = timedelta(minutes=5)

BY_PASSWORD = frozenset({Role.OPERATOR, Role.MANAGER, Role.COACH, Role.PAYROLL_CLERK})
BY_CODE = frozenset({Role.PARTICIPANT, Role.MUNICIPAL_COACH, Role.MUNICIPAL_ADMIN})


class Way(StrEnum):
    """How somebody showed who she is when a sign-in began."""

    CODE = "code"
    LINK = "link"
    PASSWORD = "password"  # noqa: S105 - the name of a way, not a secret
    AUTHENTICATOR = "authenticator"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    PROVIDER = "provider"


class Stage(StrEnum):
    """What a sign-in is good for: everything, or only to set up the second factor."""

    WHOLE = "whole"
    SET_UP = "set_up"


class LinkPurpose(StrEnum):
    """What an account's one-time link does when its button is pressed."""

    FIRST_PASSWORD = "first_password"  # noqa: S105 - a purpose, not a secret
    NEW_PASSWORD = "new_password"  # noqa: S105 - the same
    START_AGAIN = "start_again"
    NEW_EMAIL = "new_email"


def is_alive(role: Role, started_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Whether a sign-in still holds: not idle too long, not too old altogether.

    A clock that stands before what has happened already cannot say either, so nobody lives longer
    by it: it ends the sign-in.
    """
    if max(started_at, last_seen_at) - now > CLOCKS_DIFFER:
        return False
    idle = IDLE_LIMIT_PARTICIPANT if role is Role.PARTICIPANT else IDLE_LIMIT
    return now - last_seen_at <= idle and now - started_at <= WHOLE_LIMIT
