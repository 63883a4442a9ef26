"""What the call list shows, gathered for its view."""

from collections.abc import Mapping
from typing import Any

from jobsearch.core.clock import today
from jobsearch.recruitment.contacts import queries
from jobsearch.recruitment.queries import settings
from jobsearch.web.gate import current_actor


def calls_page(asked: Mapping[str, str]) -> dict[str, Any]:
    """The page of the list that was asked for, and the attempt that was just written down."""
    text = asked.get("page", "1")
    page = min(max(1, int(text) if text.isascii() and text.isdigit() else 1), 1000)
    return {
        "shown": queries.show_calls(today(current_actor().zone), page),
        "page": page,
        "logged": queries.find_undoable(asked.get("logged", "")),
        "settings": settings(),
    }
