"""Why the use of somebody's data is restricted, and what that stops."""

from enum import StrEnum

from jobsearch.core.text import mark as N_


class RestrictionReason(StrEnum):
    """The four reasons of GDPR art. 18(1)."""

    ACCURACY = "accuracy"
    UNLAWFUL = "unlawful"
    CLAIM = "claim"
    OBJECTION = "objection"


REASON_NAMES: dict[RestrictionReason, str] = {
    RestrictionReason.ACCURACY: N_("Something is wrong, and it is being checked"),
    RestrictionReason.UNLAWFUL: N_("It may not be used, but it should not be erased"),
    RestrictionReason.CLAIM: N_("It is needed for a legal claim"),
    RestrictionReason.OBJECTION: N_("I have objected, and wait for the answer"),
}

RESTRICTED = N_(
    "The use of this person's data is restricted. Until that ends, nothing about her is passed on."
)
"""What whoever would pass something on is told, the person too."""

ALREADY = N_(
    "The use of this data is restricted already. Nothing is passed on until that restriction ends."
)
"""Each restriction belongs to one request: else an answer to a second one would end the first's."""
