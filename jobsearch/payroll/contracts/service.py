"""Use cases of contracts and tax cards."""

from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.payroll.contracts.queries import find_employment_of
from jobsearch.payroll.contracts.rules import TaxCardTerms, check_employment, check_tax_card
from jobsearch.people.models import Person
from jobsearch.programmes.models import PayTerms


def sign_employment(
    enrolment_id: str, term: Span, terms: PayTerms, agreed_minutes: int, ground: str
) -> Employment:
    """Employ the person of an enrolment for a fixed term on the programme's pay terms.

    The pay terms are copied: a later change of the programme does not change a contract.
    RuleBroken when the contract lacks something, or when there is one already.
    """
    check_employment(term, terms.hourly_wage, agreed_minutes, ground)
    enrolment = db.session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id))
    if enrolment is None:
        raise NotVisible
    if find_employment_of(enrolment_id) is not None:
        raise RuleBroken(N_("The contract of this group is signed already."))
    employment = Employment(
        organisation_id=enrolment.organisation_id,
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        starts_on=term.first,
        ends_on=term.last or term.first,
        hourly=terms.hourly_wage,
        allowance=terms.allowance,
        outcome_bonus=terms.outcome_bonus,
        agreement=terms.agreement,
        agreed_minutes=agreed_minutes,
        ground=ground,
        signed_at=now(),
    )
    db.session.add(employment)
    db.session.flush()
    return employment


def record_tax_card(person_id: str, terms: TaxCardTerms, received_on: date) -> TaxCard:
    """Keep a tax card as it was received. RuleBroken for a benefit card or impossible figures."""
    check_tax_card(terms)
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotVisible
    card = TaxCard(
        organisation_id=person.organisation_id,
        person_id=person.id,
        kind=terms.kind,
        base_bp=terms.base.basis_points,
        additional_bp=terms.additional.basis_points,
        ceiling=terms.ceiling,
        valid_from=terms.valid_from,
        received_on=received_on,
    )
    db.session.add(card)
    db.session.flush()
    return card
