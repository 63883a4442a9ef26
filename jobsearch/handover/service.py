"""Use cases of leaving: what somebody holds goes to another, then the role changes or ends."""

from jobsearch.accounts.members import service as members
from jobsearch.accounts.members.queries import get_member
from jobsearch.accounts.models import Membership
from jobsearch.cohorts.coaches.queries import list_unfinished
from jobsearch.cohorts.coaches.service import hand_over_groups
from jobsearch.core.access import Actor, Role
from jobsearch.handover.rules import HOLDS_GROUPS, successor_of


def change_role(actor: Actor, membership_id: str, to: Role, successor: str) -> Membership:
    """Give somebody another role; the groups of a coach that are not over go to her successor.

    Raises RuleBroken when none is chosen, and as `accounts.members.service.change_role` does.
    """
    changed = members.change_role(actor, membership_id, to)
    _hand_over(actor, membership_id, successor)
    return changed


def end_membership(actor: Actor, membership_id: str, successor: str) -> Membership:
    """Let somebody go; the groups of a coach that are not over go to her successor.

    What she did stays under her name. Raises RuleBroken when none is chosen, and as
    `accounts.members.service.end_membership` does.
    """
    ended = members.end_membership(actor, membership_id)
    _hand_over(actor, membership_id, successor)
    return ended


def _hand_over(actor: Actor, membership_id: str, chosen: str) -> None:
    member = get_member(actor, membership_id)
    if member.role not in HOLDS_GROUPS:
        return
    groups = list_unfinished(member.account_id)
    hand_over_groups(actor, member.account_id, successor_of(len(groups), chosen))
