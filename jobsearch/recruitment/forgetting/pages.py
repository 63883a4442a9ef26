"""What the page of forgetting shows, gathered for its view."""

from datetime import timedelta
from typing import Any

from jobsearch.core.clock import today
from jobsearch.recruitment.forgetting import queries
from jobsearch.recruitment.forgetting.rules import quiet_before
from jobsearch.recruitment.queries import settings
from jobsearch.web.gate import current_actor

_SOON = timedelta(days=30)


def forgetting_page(page: int) -> dict[str, Any]:
    """Who is due tonight, how many in the month to come, and what was done."""
    known, this_day = settings(), today(current_actor().zone)
    tonight = quiet_before(this_day + timedelta(days=1), known.forget_after_months)
    soon = quiet_before(this_day + _SOON, known.forget_after_months)
    count = queries.count_due(tonight)
    return {
        "settings": known,
        "due": queries.list_due(tonight, queries.PAGE, (page - 1) * queries.PAGE),
        "count": count,
        "pages": max(1, -(-count // queries.PAGE)),
        "soon": max(0, queries.count_due(soon) - count),
        "runs": queries.list_runs(),
    }
