"""The scheduled work of offers."""

from jobsearch.core.clock import now, today
from jobsearch.core.db import unit_of_work
from jobsearch.core.scope import Scope, whole_installation
from jobsearch.core.text import Outcome
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.selection.offers import queries
from jobsearch.recruitment.selection.offers.service import let_hour_pass, offer_free_seats


def move_lines_on() -> Outcome:
    """Let the hours pass that are over, and offer what is free to the next, group by group."""
    with unit_of_work(whole_installation("waiting lists"), read_only=True):
        groups = queries.list_waiting_groups(today())
        overdue = queries.list_overdue(now())
        of = {offer_id: queries.get_offer(offer_id).organisation_id for offer_id in overdue}
    lapsed = made = 0
    for offer_id, provider in of.items():
        with unit_of_work(Scope(frozenset({provider}), "offers")):
            lapsed += let_hour_pass(offer_id)
    for group in groups:
        with unit_of_work(Scope(frozenset({group.organisation_id}), "offers")):
            made += len(offer_free_seats(group.cohort_id))
    return Outcome(
        N_("Seats offered: %(made)s. Offers without an answer: %(lapsed)s."),
        made=made,
        lapsed=lapsed,
    )
