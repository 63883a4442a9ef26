"""The scheduled work of surveys: show what has closed, forget old words.

Tickets that nobody used are torn up, so that a link tells nothing of it when the survey is over.
"""

from datetime import timedelta

from jobsearch.core.clock import today
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.feedback.service import show_closed
from jobsearch.feedback.surveys.queries import list_closed, list_over
from jobsearch.feedback.surveys.service import forget_words, tear_up_tickets

_WHY = "surveys"


def close_surveys() -> Outcome:
    """Show, step by step, the answers of surveys whose last day is over; twice shows no more."""
    yesterday = today() - timedelta(days=1)
    with unit_of_work(whole_installation(_WHY)):
        forgotten = forget_words(yesterday)
        tear_up_tickets(list_over(yesterday))
        closed = list_closed(yesterday)
    shown = 0
    for organisation_id, programme_id in closed:
        with unit_of_work(Scope(frozenset({organisation_id}), _WHY)):
            shown += show_closed(programme_id, yesterday)
    return Outcome(
        N_("Questions of surveys shown: %(shown)s. Boxes of own words erased: %(forgotten)s."),
        shown=shown,
        forgotten=forgotten,
    )
