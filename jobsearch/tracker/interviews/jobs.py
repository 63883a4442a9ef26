"""The scheduled work of interviews."""

from jobsearch.core.clock import now
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.tracker.interviews import queries
from jobsearch.tracker.interviews.reminders import remind_all


def remind_of_interviews() -> Outcome:
    """Remind everyone whose interview is near, one provider after another."""
    with unit_of_work(whole_installation("interviews"), read_only=True):
        providers = queries.list_providers(now())
    count = 0
    for provider in providers:
        with unit_of_work(Scope(frozenset({provider}), "interviews")):
            count += remind_all()
    return Outcome(N_("Reminders written: %(count)s."), count=count)
