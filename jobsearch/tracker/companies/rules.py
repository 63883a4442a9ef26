"""What is remembered of a company."""

from enum import StrEnum

from jobsearch.core.text import mark as N_


class TakesCalls(StrEnum):
    """Whether a company likes to be called, as a coach has learned it."""

    YES = "yes"
    NO = "no"


TAKES_CALLS: dict[TakesCalls, str] = {
    TakesCalls.YES: N_("Takes calls"),
    TakesCalls.NO: N_("Does not like to be called"),
}
