"""Use case of a coach's groups: hand them to another."""

from jobsearch.cohorts.coaches.queries import list_unfinished
from jobsearch.cohorts.queries import is_coach
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_


def check_successor(actor: Actor, coach_id: str, to_id: str | None) -> None:
    """Refuse a successor who is no other coach of the provider; nobody (None) is allowed."""
    if to_id is not None and (to_id == coach_id or not is_coach(actor.organisation_id, to_id)):
        raise RuleBroken(N_("Choose one of your coaches."), field="successor")


def hand_over_groups(actor: Actor, coach_id: str, to_id: str | None) -> int:
    """Give the groups of a coach that are not over to another, or to nobody yet (None).

    Returns how many they are. Raises RuleBroken when the other is no coach of the provider.
    """
    check_successor(actor, coach_id, to_id)
    groups = list_unfinished(coach_id)
    for group in groups:
        group.coach_id = to_id
    db.session.flush()
    return len(groups)
