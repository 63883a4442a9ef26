"""What the page of a member shows: her role, what she holds, and who could take it over."""

from dataclasses import dataclass

from jobsearch.accounts.members.queries import get_member
from jobsearch.accounts.members.rules import MAY_CHANGE, MAY_END, Acting, Held, may_help
from jobsearch.accounts.models import Membership
from jobsearch.analyses.clients.queries import list_colleagues
from jobsearch.cohorts.coaches.queries import list_unfinished
from jobsearch.cohorts.models import Cohort
from jobsearch.cohorts.queries import list_coaches
from jobsearch.consents.links.queries import count_of
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.errors import NotVisible
from jobsearch.handover.rules import HOLDS_CLIENTS, HOLDS_GROUPS
from jobsearch.reports.small.rules import is_small


@dataclass(frozen=True, slots=True)
class Leaving:
    """A member, her groups that are not over, and what the reader may do."""

    member: Membership
    groups: list[Cohort]
    clients: int
    coaches: list[tuple[str, str]]
    roles: tuple[Role, ...]
    may_end: bool
    may_help: bool
    is_self: bool

    @property
    def has_few_clients(self) -> bool:
        """Whether the clients are so few that their number is not told outside the provider."""
        return is_small(self.clients)


def get_leaving(actor: Actor, membership_id: str) -> Leaving:
    """A member who is here now, for whoever looks after her. Raises NotVisible."""
    member = get_member(actor, membership_id)
    if member.ended_at is not None:
        raise NotVisible
    holds = member.role in HOLDS_GROUPS
    groups = list_unfinished(member.account_id) if holds else []
    coaches = list_coaches(member.organisation_id) if groups else []
    if member.role in HOLDS_CLIENTS and actor.role is not Role.OPERATOR:
        coaches = list_colleagues(member.organisation_id)
    is_self = member.account_id == actor.account_id
    allowed = MAY_CHANGE.get(actor.role, frozenset())
    may_change = member.role in allowed and not is_self
    return Leaving(
        member=member,
        groups=groups,
        clients=_clients_of(actor, member),
        coaches=[coach for coach in coaches if coach[0] != member.account_id],
        roles=tuple(r for r in Role if r in allowed and r is not member.role) if may_change else (),
        may_end=member.role in MAY_END.get(actor.role, frozenset()),
        may_help=may_help(
            Acting(actor.account_id, actor.role, actor.organisation_id),
            Held(member.account_id, member.role, member.organisation_id),
        ),
        is_self=is_self,
    )


def _clients_of(actor: Actor, member: Membership) -> int:
    if member.role not in HOLDS_CLIENTS:
        return 0
    return count_of(member.account_id, member.organisation_id, today(actor.zone))
