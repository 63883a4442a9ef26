"""What is asked of wrong tries and known devices."""

from sqlalchemy import select

from jobsearch.accounts.throttle.models import KnownDevice, WrongTries
from jobsearch.core.db import db
from jobsearch.core.tokens import digest


def hold_tries(keys: list[str]) -> dict[str, WrongTries]:
    """The counts of these keys, held until the try is over: tries at once wait for each other."""
    statement = (
        select(WrongTries)
        .where(WrongTries.key.in_(keys))
        .order_by(WrongTries.key)
        .with_for_update()
    )
    return {row.key: row for row in db.session.scalars(statement)}


def find_device(account_id: str, secret: str) -> KnownDevice | None:
    """The browser of this secret, if the account has signed in there."""
    statement = select(KnownDevice).where(
        KnownDevice.account_id == account_id, KnownDevice.digest == digest(secret)
    )
    return db.session.scalar(statement)
