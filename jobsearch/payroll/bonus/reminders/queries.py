"""What is asked of proofs that are waited for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.bonus.models import BonusAward
from jobsearch.payroll.bonus.rules import BonusState
from jobsearch.people.models import Person


def list_providers() -> list[tuple[str, str]]:
    """The providers that wait for a proof, each with its zone."""
    waits = select(BonusAward.organisation_id).where(BonusAward.state == BonusState.PROMISED)
    statement = select(Organisation.id, Organisation.zone).where(Organisation.id.in_(waits))
    return [(key, zone) for key, zone in db.session.execute(statement.order_by(Organisation.id))]


@dataclass(frozen=True, slots=True)
class Waited:
    """A proof that is waited for, and of whom."""

    award_id: str
    organisation_id: str
    happened_on: date
    due_on: date
    person_id: str
    given_name: str
    email: str | None
    phone: str | None
    language: str


def list_waited() -> list[Waited]:
    """Every proof that is waited for."""
    statement = (
        select(
            BonusAward.id,
            BonusAward.organisation_id,
            BonusAward.happened_on,
            BonusAward.due_on,
            Person.id,
            Person.given_name,
            Person.email,
            Person.phone,
            Person.language,
        )
        .join(Person, Person.id == BonusAward.person_id)
        .where(BonusAward.state == BonusState.PROMISED)
        .order_by(BonusAward.due_on, BonusAward.id)
    )
    return [Waited(*row) for row in db.session.execute(statement)]
