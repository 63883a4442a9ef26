"""What a page of results shows of comparators, gathered."""

from collections.abc import Sequence
from typing import Any

from jobsearch.costs.comparators.models import Comparator
from jobsearch.costs.comparators.rules import set_beside
from jobsearch.costs.rules import Cost
from jobsearch.costs.wording import say_figure


def shown_beside(cost: Cost, rows: Sequence[Comparator]) -> dict[str, Any]:
    """The comparators, the cost against each, and how a figure is said."""
    against = set_beside(cost, [row.as_figure() for row in rows])
    return {"beside": rows, "against": against, "say_figure": say_figure}
