"""Lets old files go that nobody took in."""

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.intake.service import forget_uploads


def forget_old_uploads() -> str:
    """Erase files that have waited for more than a day; says how many."""
    with unit_of_work(whole_installation("old uploads")):
        return Outcome(N_("Files erased: %(count)s."), count=forget_uploads())
