"""The scheduled work of the follow-up: send the questions and reminders of the day."""

from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.outcomes.following.queries import list_asking_providers, list_followed
from jobsearch.outcomes.following.service import send_question


def send_questions() -> Outcome:
    """Write what is to be asked today, one provider after another; twice writes nothing twice."""
    with unit_of_work(whole_installation("follow-up"), read_only=True):
        providers = list_asking_providers()
    written = 0
    for provider in providers:
        with unit_of_work(Scope(frozenset({provider}), "follow-up")):
            written += sum(send_question(one) for one in list_followed())
    return Outcome(N_("Questions of the follow-up written: %(count)s."), count=written)
