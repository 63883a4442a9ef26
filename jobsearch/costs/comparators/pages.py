"""What a page of results shows of comparators, gathered."""

from collections.abc import Sequence
from typing import Any

from jobsearch.costs.comparators.models import Comparator
from jobsearch.costs.comparators.queries import set_beside
from jobsearch.costs.rules import Cost
from jobsearch.costs.wording import say_figure


def shown_beside(cost: Cost, rows: Sequence[Comparator]) -> dict[str, Any]:
    """The comparators, the cost against each, and how a figure is said."""
    return {"beside": rows, "against": set_beside(cost, rows), "say_figure": say_figure}
