"""When work may be left behind."""

from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

NOBODY = "nobody"
"""The choice of leaving groups without a coach for now, made on purpose."""

HOLDS_GROUPS = frozenset({Role.COACH})
"""Who gives her groups to another when she loses this role."""


def successor_of(groups: int, chosen: str) -> str | None:
    """Who gets the groups, None for nobody yet. Raises RuleBroken where it must be said first."""
    if groups and not chosen:
        raise RuleBroken(N_("Choose who gets these groups."), field="successor")
    return None if chosen in ("", NOBODY) else chosen
