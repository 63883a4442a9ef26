"""Every night: forget drafts that nobody went on with."""

from jobsearch.analyses.drafts.service import forget_old
from jobsearch.core.clock import now
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_


def forget_drafts() -> Outcome:
    """Forget drafts older than 30 days; says how many."""
    with unit_of_work(whole_installation("old drafts")):
        return Outcome(N_("Drafts forgotten: %(count)s"), count=forget_old(now()))
