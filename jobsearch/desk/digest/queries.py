"""What is asked for a digest: what would stand on the reader's own pages."""

from sqlalchemy import select

from jobsearch.accounts.models import Account, Membership
from jobsearch.analyses.inbox.queries import count_inbox
from jobsearch.analyses.inbox.rules import Show
from jobsearch.conversations.queries import count_unread
from jobsearch.core.access import Actor, Role
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.periods import week_of
from jobsearch.desk.digest.rules import (
    Item,
    of_alerts,
    of_groups,
    of_inbox,
    of_messages,
    of_people,
)
from jobsearch.desk.staff.queries import look_over
from jobsearch.organisations.models import Organisation

READERS = (Role.COACH, Role.MANAGER, Role.MUNICIPAL_COACH)


def digest_of(actor: Actor) -> list[Item]:
    """What this week's digest says to its reader; nothing worth reading is an empty list."""
    if actor.role is Role.MUNICIPAL_COACH:
        counts = count_inbox(actor)
        return of_inbox(counts[Show.NEW], counts[Show.ENDING])
    seen = look_over(actor)
    unread = count_unread(actor.account_id, None) if actor.role is Role.COACH else 0
    monday = week_of(today(actor.zone)).first
    return [
        *of_messages(unread),
        *of_people(seen.people),
        *of_alerts(seen.alerts),
        *of_groups(seen.groups, monday),
    ]


def list_readers() -> list[Actor]:
    """Everyone who may get a digest, as who acts; municipal coaches still without a scope."""
    statement = (
        select(Membership, Account, Organisation.zone)
        .join(Account, Account.id == Membership.account_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.role.in_(READERS),
            Membership.ended_at.is_(None),
            Account.closed_at.is_(None),
            Account.email.is_not(None),
        )
        .order_by(Membership.id)
    )
    return [
        Actor(
            account_id=account.id,
            membership_id=membership.id,
            name=account.name,
            role=membership.role,
            organisation_id=membership.organisation_id,
            organisation_ids=frozenset({membership.organisation_id}),
            language=account.language,
            zone=zone,
        )
        for membership, account, zone in db.session.execute(statement)
    ]


def get_address(account_id: str) -> str | None:
    """Where an account gets its e-mail."""
    return db.session.scalar(select(Account.email).where(Account.id == account_id))
