"""When work may be left behind."""

from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

NOBODY = "nobody"
"""The choice of leaving groups without a coach for now, made on purpose."""

HOLDS_GROUPS = frozenset({Role.COACH})
"""Who gives her groups to another when she loses this role."""


HOLDS_CLIENTS = frozenset({Role.MUNICIPAL_COACH})
"""Whose clients go to another, or to nobody for now, when the role ends."""


def heir_of(acting: Role, clients: int, chosen: str) -> str | None:
    """Who gets a municipal coach's clients, None for nobody yet.

    An operator sees nobody's data and moves nobody: the clients wait for the municipality's
    administrator. Raises RuleBroken where it must be said first.
    """
    if clients and not chosen:
        raise RuleBroken(N_("Choose who gets these clients."), field="successor")
    if acting is Role.OPERATOR and chosen not in ("", NOBODY):
        raise RuleBroken(
            N_("The municipality's administrator moves the clients."), field="successor"
        )
    return None if chosen in ("", NOBODY) else chosen


def successor_of(groups: int, chosen: str) -> str | None:
    """Who gets the groups, None for nobody yet. Raises RuleBroken where it must be said first."""
    if groups and not chosen:
        raise RuleBroken(N_("Choose who gets these groups."), field="successor")
    return None if chosen in ("", NOBODY) else chosen
