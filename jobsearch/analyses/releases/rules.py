"""Whether a release opens to the one who asks, and if not, why: everything must hold, or nothing
opens."""

from dataclasses import dataclass
from enum import StrEnum

from jobsearch.accounts.rules import Way
from jobsearch.core.errors import NotVisible

CODE_WAYS = frozenset({Way.CODE, Way.LINK})
"""A sign-in by a message's link is one by its code: both went to the same address."""


class Closed(StrEnum):
    """Why a release does not open."""

    ENDED = "ended"
    MOVED = "moved"
    OTHER_ADDRESS = "other_address"
    NO_CODE = "no_code"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a release and of who asks for it.

    `consents`: a consent to this edition, for this recipient, lives today. `coaches`: she is the
    person's municipal coach today, and her membership is open.
    """

    consents: bool
    coaches: bool
    named_address: str
    own_address: str | None
    way: Way | None
    code_went_there: bool


class ReleaseClosed(NotVisible):
    """It was sent to this reader once and does not open now; whose it is is not said any more."""

    def __init__(self, why: Closed, release_id: str, person_id: str, address: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.release_id = release_id
        self.person_id = person_id
        self.address = address


def why_closed(facts: Facts) -> Closed | None:
    """Why it does not open to who asks; None when it does. A permission is never widened."""
    return why_shut(facts) or why_unproven(facts)


def why_shut(facts: Facts) -> Closed | None:
    """Why it opens to nobody, however she signed in."""
    if facts.consents is not True:
        return Closed.ENDED
    if facts.coaches is not True:
        return Closed.MOVED
    if not facts.named_address or facts.own_address != facts.named_address:
        return Closed.OTHER_ADDRESS
    return None


def why_unproven(facts: Facts) -> Closed | None:
    """Whether she has to show by a code that the address of the permission is hers."""
    shown = facts.way in CODE_WAYS and facts.code_went_there is True
    return None if shown else Closed.NO_CODE
