"""What a municipality's administrator may ask: her coaches, and a number for each.

No person is named and no analysis counted: an administrator moves work, and needs no more. A number
under five is not told.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from jobsearch.accounts.models import Account, Membership
from jobsearch.consents.links.queries import count_clients
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.reports.small.rules import is_small


@dataclass(frozen=True, slots=True)
class TownCoach:
    """One municipal coach of the town: since when, until when, and how many clients."""

    account_id: str
    membership_id: str
    name: str
    email: str | None
    began_at: datetime | None
    ended_at: datetime | None
    clients: int

    @property
    def is_few(self) -> bool:
        """Whether the clients are so few that their number is not told outside the provider."""
        return is_small(self.clients)


def list_coaches(actor: Actor) -> list[TownCoach]:
    """The coaches who work in the actor's town, and those who left clients behind; by name."""
    counts = count_clients(actor.organisation_id, today(actor.zone))
    newest = func.row_number().over(
        partition_by=Membership.account_id,
        order_by=(Membership.ended_at.is_not(None), Membership.ended_at.desc(), Membership.id),
    )
    held = (
        select(Membership.id, newest.label("rank"))
        .where(
            Membership.organisation_id == actor.organisation_id,
            Membership.role == Role.MUNICIPAL_COACH,
        )
        .subquery()
    )
    statement = (
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .join(held, held.c.id == Membership.id)
        .where(held.c.rank == 1, Membership.ended_at.is_(None) | Account.id.in_(counts))
        .order_by(Account.name, Account.id)
        .limit(500)
    )
    return [
        TownCoach(
            account_id=account.id,
            membership_id=member.id,
            name=account.name,
            email=account.email,
            began_at=member.began_at,
            ended_at=member.ended_at,
            clients=counts.get(account.id, 0),
        )
        for member, account in db.session.execute(statement)
    ]


@dataclass(frozen=True, slots=True)
class Moving:
    """One coach of the town whose clients may go to another, and to whom."""

    coach: TownCoach
    others: list[tuple[str, str]]


def get_moving(actor: Actor, account_id: str) -> Moving:
    """A coach of the actor's own town, with those who work there beside. Raises NotVisible."""
    coaches = list_coaches(actor)
    found = [one for one in coaches if one.account_id == account_id]
    if not found:
        raise NotVisible
    others = [one for one in coaches if one.ended_at is None and one.account_id != account_id]
    return Moving(found[0], [(one.account_id, one.name) for one in others])
