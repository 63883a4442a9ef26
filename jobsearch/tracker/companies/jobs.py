"""Every night: count what was done into the memory of companies, provider by provider."""

from jobsearch.core.clock import today
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.tracker.companies import queries
from jobsearch.tracker.companies.service import remember_batch


def remember_companies() -> Outcome:
    """Count every provider's new actions, a batch in a unit of work, until none is left."""
    with unit_of_work(whole_installation("memory of companies"), read_only=True):
        providers = queries.list_providers(today())
    count = 0
    for provider in providers:
        while seen := _remember(provider):
            count += seen
    return Outcome(N_("Actions counted for companies: %(count)s."), count=count)


def _remember(provider: str) -> int:
    with unit_of_work(Scope(frozenset({provider}), "memory of companies")):
        return remember_batch(provider, today())
