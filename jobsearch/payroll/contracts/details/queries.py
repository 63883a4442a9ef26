"""What is asked of a person's details for pay."""

from collections.abc import Sequence

from sqlalchemy import select

from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.payroll.contracts.details.models import AccountChange
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.payroll.contracts.queries import in_use


def get_own_change(actor: Actor, change_id: str) -> AccountChange:
    """A change that the actor asked for herself. Raises NotVisible."""
    statement = select(AccountChange).where(
        AccountChange.id == change_id, AccountChange.person_id == actor.person_id
    )
    change = db.session.scalar(statement)
    if change is None or actor.person_id is None:
        raise NotVisible
    return change


def get_tax_card(person_id: str, card_id: str) -> TaxCard:
    """A card of this person that is in use. Raises NotVisible."""
    statement = select(TaxCard).where(
        TaxCard.id == card_id, TaxCard.person_id == person_id, in_use()
    )
    card = db.session.scalar(statement)
    if card is None:
        raise NotVisible
    return card


def list_tax_cards(person_id: str) -> Sequence[TaxCard]:
    """A person's tax cards in use, the newest first."""
    statement = (
        select(TaxCard)
        .where(TaxCard.person_id == person_id, in_use())
        .order_by(TaxCard.valid_from.desc(), TaxCard.received_on.desc(), TaxCard.id)
        .limit(20)
    )
    return db.session.scalars(statement).all()


def list_corrected_cards(person_id: str) -> Sequence[TaxCard]:
    """A person's cards that a later row has put right, the newest first; they are not used."""
    statement = (
        select(TaxCard)
        .where(TaxCard.person_id == person_id, ~in_use())
        .order_by(TaxCard.valid_from.desc(), TaxCard.received_on.desc(), TaxCard.id)
        .limit(20)
    )
    return db.session.scalars(statement).all()
