"""What is asked of living sign-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jobsearch.accounts.models import Membership, SignIn
from jobsearch.accounts.rules import Way, is_alive
from jobsearch.core.access import Role
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """One of the actor's own sign-ins: on what, how, as what, and when."""

    id: str
    device: str
    way: Way
    role: Role
    organisation: str
    started_at: datetime
    last_seen_at: datetime


def list_own_sign_ins(account_id: str) -> list[OwnSignIn]:
    """The account's living sign-ins, newest first; those that time has ended are left out."""
    statement = (
        select(
            SignIn.id,
            SignIn.device,
            SignIn.way,
            Membership.role,
            Organisation.name,
            SignIn.started_at,
            SignIn.last_seen_at,
        )
        .join(Membership, SignIn.membership_id == Membership.id)
        .join(Organisation, Membership.organisation_id == Organisation.id)
        .where(
            Membership.account_id == account_id,
            Membership.ended_at.is_(None),
            SignIn.ended_at.is_(None),
        )
        .order_by(SignIn.started_at.desc(), SignIn.id)
        .limit(200)
    )
    at = now()
    found = [OwnSignIn(*row) for row in db.session.execute(statement)]
    return [one for one in found if is_alive(one.role, one.started_at, one.last_seen_at, at)]


def get_own_sign_in(account_id: str, sign_in_id: str) -> SignIn:
    """One of the account's own sign-ins that has not ended. Raises NotVisible."""
    statement = (
        select(SignIn)
        .join(Membership, SignIn.membership_id == Membership.id)
        .where(
            SignIn.id == sign_in_id, SignIn.ended_at.is_(None), Membership.account_id == account_id
        )
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found


def membership_ids(account_id: str) -> Sequence[str]:
    """Every membership that the account has or had."""
    return db.session.scalars(
        select(Membership.id).where(Membership.account_id == account_id)
    ).all()
