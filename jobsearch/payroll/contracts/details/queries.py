"""What is asked of a person's details for pay."""

from collections.abc import Sequence

from sqlalchemy import select

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.payroll.contracts.details.models import AccountChange
from jobsearch.payroll.contracts.models import TaxCard


def get_own_change(actor: Actor, change_id: str) -> AccountChange:
    """A change that the actor asked for herself. Raises NotVisible."""
    statement = select(AccountChange).where(
        AccountChange.id == change_id, AccountChange.person_id == actor.person_id
    )
    change = db.session.scalar(statement)
    if change is None or actor.person_id is None:
        raise NotVisible
    return change


def list_tax_cards(person_id: str) -> Sequence[TaxCard]:
    """A person's tax cards as they were received, the newest first."""
    statement = (
        select(TaxCard)
        .where(TaxCard.person_id == person_id)
        .order_by(TaxCard.valid_from.desc(), TaxCard.received_on.desc(), TaxCard.id)
        .limit(20)
    )
    return db.session.scalars(statement).all()
