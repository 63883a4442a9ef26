"""Where an interview or an offer came from: the action that began its lead."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from jobsearch.tracker.models import Action
from jobsearch.tracker.rules import Activity

FIRST: Any = aliased(Action)
"""The action that began a lead, in a statement that joins it by `began`."""
_SOUGHT: Any = aliased(Action)


def began(lead_id: Any) -> Any:
    """The key of the action that began a lead: its first one that is no interview."""
    return (
        select(_SOUGHT.id)
        .where(
            _SOUGHT.lead_id == lead_id,
            _SOUGHT.undone_at.is_(None),
            _SOUGHT.activity != Activity.INTERVIEW,
        )
        .order_by(_SOUGHT.on, _SOUGHT.logged_at, _SOUGHT.id)
        .limit(1)
        .scalar_subquery()
    )


CHANNEL: Any = func.coalesce(Action.channel, FIRST.channel)
"""How an interview came: as it says itself, else as the action that began its lead."""
