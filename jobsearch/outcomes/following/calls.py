"""What is asked of the calls of the follow-up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from jobsearch.accounts.models import Account
from jobsearch.core.db import db
from jobsearch.outcomes.following.models import FollowUpCall
from jobsearch.outcomes.following.rules import NOT_REACHED


@dataclass(frozen=True, slots=True)
class Call:
    """One logged call."""

    called_at: datetime
    by: str
    was_reached: bool
    point: int


def list_calls(enrolment_id: str) -> list[Call]:
    """The calls to one person, the newest first."""
    statement = (
        select(FollowUpCall, Account.name)
        .join(Account, Account.id == FollowUpCall.called_by_id)
        .where(FollowUpCall.enrolment_id == enrolment_id)
        .order_by(FollowUpCall.called_at.desc(), FollowUpCall.id)
    )
    return [
        Call(call.called_at, name, call.result != NOT_REACHED, call.point)
        for call, name in db.session.execute(statement)
    ]
