"""What people of one group say to help each other."""

from enum import StrEnum

from jobsearch.core.text import mark as N_


class PraiseWords(StrEnum):
    """What is said to somebody of the group; each once a day, and nobody counts it."""

    WELL_DONE = "well_done"
    THANKS = "thanks"
    KEEP_GOING = "keep_going"


PRAISE: dict[PraiseWords, str] = {
    PraiseWords.WELL_DONE: N_("Well done!"),
    PraiseWords.THANKS: N_("Thank you for your help!"),
    PraiseWords.KEEP_GOING: N_("You can do it!"),
}
