"""The scheduled work of the survey at the end: ask the groups whose last day has come."""

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.feedback.at_end.queries import list_due, list_providers
from jobsearch.feedback.at_end.service import ask_group

_WHY = "surveys at the end"


def ask_at_end() -> Outcome:
    """Send each survey whose day has come, one provider after another; twice asks nobody twice."""
    with unit_of_work(whole_installation(_WHY), read_only=True):
        providers = list_providers()
    asked = 0
    for provider in providers:
        with unit_of_work(Scope(frozenset({provider}), _WHY)):
            asked += sum(ask_group(one) for one in list_due())
    return Outcome(N_("People asked at the end of their group: %(count)s."), count=asked)
