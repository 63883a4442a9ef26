"""What is asked of proofs."""

from datetime import datetime

from sqlalchemy import func, select

from jobsearch.accounts.codes.models import OneTimeCode
from jobsearch.accounts.models import Account
from jobsearch.accounts.proofs.rules import PREFIX
from jobsearch.core.db import db


def hold_account(account_id: str) -> Account | None:
    """The open account, held so that what it asks for at once is counted one after the other."""
    statement = select(Account).where(Account.id == account_id, Account.closed_at.is_(None))
    return db.session.scalar(statement.with_for_update())


def count_asked(account_id: str, since: datetime) -> int:
    """How many proofs an account has asked for."""
    statement = select(func.count()).where(
        OneTimeCode.account_id == account_id,
        OneTimeCode.purpose.startswith(PREFIX, autoescape=True),
        OneTimeCode.asked_at > since,
    )
    return int(db.session.scalar(statement) or 0)
