"""Use cases of leaving: what somebody holds goes to another, then the role changes or ends."""

from jobsearch.accounts.members import service as members
from jobsearch.accounts.members.queries import get_member
from jobsearch.accounts.models import Membership
from jobsearch.analyses.clients.service import move_clients
from jobsearch.cohorts.coaches.queries import list_unfinished
from jobsearch.cohorts.coaches.service import check_successor, hand_over_groups
from jobsearch.consents.links.queries import count_of
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.handover.rules import HOLDS_CLIENTS, HOLDS_GROUPS, heir_of, successor_of


def change_role(actor: Actor, membership_id: str, to: Role, successor: str) -> Membership:
    """Give somebody another role; the groups of a coach that are not over go to her successor.

    Raises RuleBroken when none is chosen, and as `accounts.members.service.change_role` does.
    """
    coach_id, to_id = _parting(actor, membership_id, successor)
    changed = members.change_role(actor, membership_id, to)
    _hand_over(actor, coach_id, to_id)
    return changed


def end_membership(actor: Actor, membership_id: str, successor: str) -> Membership:
    """Let somebody go; groups that are not over, or clients, go to her successor.

    What she did stays under her name. Raises RuleBroken when none is chosen, and as
    `accounts.members.service.end_membership` does.
    """
    member = get_member(actor, membership_id)
    if member.role in HOLDS_CLIENTS:
        return _end_municipal_coach(actor, member, successor)
    coach_id, to_id = _parting(actor, membership_id, successor)
    ended = members.end_membership(actor, membership_id)
    _hand_over(actor, coach_id, to_id)
    return ended


def _end_municipal_coach(actor: Actor, member: Membership, chosen: str) -> Membership:
    """Her clients have the successor from today, or nobody; each of them is told."""
    clients = count_of(member.account_id, member.organisation_id, today(actor.zone))
    heir = heir_of(actor.role, clients, chosen)
    if clients and actor.role is not Role.OPERATOR:
        move_clients(actor, member.account_id, heir)
    return members.end_membership(actor, member.id)


def _parting(actor: Actor, membership_id: str, chosen: str) -> tuple[str | None, str | None]:
    """The coach whose groups go, if there are any, and who gets them."""
    member = get_member(actor, membership_id)
    if member.role not in HOLDS_GROUPS:
        return None, None
    to_id = successor_of(len(list_unfinished(member.account_id)), chosen)
    check_successor(actor, member.account_id, to_id)
    return member.account_id, to_id


def _hand_over(actor: Actor, coach_id: str | None, to_id: str | None) -> None:
    if coach_id is not None:
        hand_over_groups(actor, coach_id, to_id)
