"""Where a figure opens: the rows behind it, for whom they are."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import url_for

from jobsearch.core.access import may
from jobsearch.web.gate import current_actor, gate_of

_PAGES = {
    "outcomes": "outcomes.list_outcomes",
    "candidates": "recruitment.list_candidates",
    "exits": "recruitment.list_candidates",
    "activity": "reports.show_activity",
    "feedback": "feedback.show_answers",
    "costs": "costs.show_ledger",
    "cohort": "report_papers.show_cohort",
}


def opener(programme_id: str, as_of: date, cohort_id: str = "") -> Callable[[str], str]:
    """The address behind a figure's key; empty where it has no rows or the reader may not."""

    def address_of(opens: str) -> str:
        kind, _, rest = opens.partition(":")
        endpoint = _PAGES.get(kind)
        permission = gate_of(endpoint) if endpoint else None
        if endpoint is None or permission is None or not may(current_actor(), permission):
            return ""
        asked: dict[str, Any] = _asked(kind, rest, programme_id, cohort_id)
        return url_for(endpoint, **asked, as_of=as_of.isoformat())

    return address_of


def _asked(kind: str, rest: str, programme_id: str, cohort_id: str) -> dict[str, str]:
    """What the page is asked for; nothing is narrowed to a cohort that the page cannot narrow."""
    first, _, second = rest.partition(":")
    asked: dict[str, dict[str, str]] = {
        "outcomes": {"programme_id": programme_id, "state": first, "cohort": cohort_id},
        "candidates": {"programme": programme_id, "stage": first},
        "exits": {"programme": programme_id, "exit": first, "stage": second},
        "activity": {"programme_id": programme_id, "cohort": cohort_id},
        "cohort": {"programme_id": programme_id, "cohort_id": first},
    }
    return {
        key: value
        for key, value in asked.get(kind, {"programme_id": programme_id}).items()
        if value
    }
