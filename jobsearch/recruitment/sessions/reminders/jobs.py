"""The scheduled work of reminders."""

from jobsearch.core.clock import now
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.sessions.reminders import queries
from jobsearch.recruitment.sessions.reminders.service import remind_all


def remind() -> Outcome:
    """Remind everyone whose time has come, one provider after another."""
    with unit_of_work(whole_installation("reminders"), read_only=True):
        providers = queries.list_providers(now())
    count = 0
    for provider in providers:
        with unit_of_work(Scope(frozenset({provider}), "reminders")):
            count += remind_all()
    return Outcome(N_("Reminders written: %(count)s."), count=count)
