"""What is asked of passkeys."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jobsearch.accounts.passkeys.models import Passkey
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.tokens import digest


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """One passkey, as its owner sees it."""

    id: str
    name: str
    made_at: datetime
    last_used_at: datetime | None


def list_passkeys(account_id: str) -> list[PasskeyLine]:
    """The account's passkeys, oldest first; there are never many."""
    statement = (
        select(Passkey.id, Passkey.name, Passkey.made_at, Passkey.last_used_at)
        .where(Passkey.account_id == account_id, Passkey.ended_at.is_(None))
        .order_by(Passkey.made_at, Passkey.id)
    )
    return [PasskeyLine(*row) for row in db.session.execute(statement)]


def list_credentials(account_id: str) -> list[str]:
    """What the account's devices call its passkeys, so that none makes a second one."""
    statement = select(Passkey.credential).where(
        Passkey.account_id == account_id, Passkey.ended_at.is_(None)
    )
    return list(db.session.scalars(statement.order_by(Passkey.id)))


def find_passkey(credential: str) -> Passkey | None:
    """The passkey that a device names, held until its proof is over."""
    statement = (
        select(Passkey)
        .where(Passkey.credential_digest == digest(credential), Passkey.ended_at.is_(None))
        .with_for_update()
    )
    return db.session.scalar(statement)


def get_own_passkey(account_id: str, passkey_id: str) -> Passkey:
    """One of the account's own passkeys. Raises NotVisible."""
    statement = select(Passkey).where(
        Passkey.id == passkey_id, Passkey.account_id == account_id, Passkey.ended_at.is_(None)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotVisible
    return found
