"""Use case of a file of costs: take in its lines."""

from collections.abc import Sequence
from datetime import date

from jobsearch.core.db import db
from jobsearch.core.refusals import Refusals, same
from jobsearch.core.text import mark as N_
from jobsearch.programmes.costs.imports import SheetCost
from jobsearch.programmes.costs.models import ProgrammeCost
from jobsearch.programmes.costs.queries import list_labels


def import_costs(programme_id: str, costs: Sequence[SheetCost], booked_on: date) -> int:
    """Save the lines as booked on the day; returns how many.

    Raises FileRefused, with nothing saved, when the programme has a line of that name already.
    """
    refusals = Refusals()
    known = {same(label) for label in list_labels(programme_id)}
    for cost in costs:
        if same(cost.label) in known:
            message = N_("Row %(row)d: the cost “%(label)s” is in the programme already.")
            refusals.add(message, row=cost.row, label=cost.label)
    refusals.stop_if_any()
    db.session.add_all(
        ProgrammeCost(
            programme_id=programme_id,
            label=cost.label[:120],
            kind=cost.kind,
            amount=cost.amount,
            basis=cost.basis[:300],
            booked_on=booked_on,
        )
        for cost in costs
    )
    db.session.flush()
    return len(costs)
