"""Use cases of the ledger: book a line, take one out."""

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.core.db import db
from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.costs.pay.queries import paid_by_programme
from jobsearch.costs.queries import list_cohort_names
from jobsearch.costs.rules import NewLine, check_line
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.programmes.costs.queries import get_cost, is_booked
from jobsearch.programmes.queries import get_programme


def book_cost(actor: Actor, programme_id: str, line: NewLine) -> ProgrammeCost:
    """Book a line; a sum below zero takes back an earlier one.

    RuleBroken for wages where pay runs say them, for a day to come, and for what stands already;
    NotVisible for another provider's programme or another programme's cohort.
    """
    programme = get_programme(programme_id)
    this_day = today(programme.zone)
    if line.cohort_id and line.cohort_id not in dict(list_cohort_names(programme.id)):
        raise NotVisible
    if line.booked_on > this_day:
        raise RuleBroken(N_("Costs are booked when they are there."), field="booked_on")
    paid = paid_by_programme(this_day, programme.id).get(programme.id, [])
    check_line(line.kind, line.cohort_id, line.amount, paid)
    if is_booked(programme.id, line.cohort_id, line.label, line.booked_on):
        message = N_("A line of this name is booked on this day already.")
        raise RuleBroken(message, field="label")
    row = ProgrammeCost(
        organisation_id=actor.organisation_id,
        programme_id=programme.id,
        cohort_id=line.cohort_id,
        label=line.label,
        kind=line.kind,
        amount=line.amount,
        basis=line.basis,
        booked_on=line.booked_on,
        entered_by_id=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def remove_cost(actor: Actor, cost_id: str, version: int) -> ProgrammeCost:
    """Take a line out of the sums; it stays in the trail with who did it.

    Raises NotVisible, and Conflict when somebody else has changed it.
    """
    row = get_cost(cost_id)
    if row.version != version:
        raise Conflict
    row.removed_by_id, row.removed_at = actor.account_id, now()
    db.session.flush()
    return row
