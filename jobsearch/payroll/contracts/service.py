"""Use cases of contracts and tax cards."""

from datetime import date

from sqlalchemy import select

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.money import Money
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.payroll.contracts.queries import find_employment_of
from jobsearch.payroll.contracts.rules import TaxCardTerms, check_employment, check_tax_card
from jobsearch.people.models import Person
from jobsearch.programmes.models import PayTerms

_MOST_GROUND = 300


def sign_employment(
    enrolment_id: str, term: Span, terms: PayTerms, agreed_minutes: int, ground: str
) -> Employment:
    """Employ the person of an enrolment for a fixed term on the programme's pay terms.

    The pay terms are copied: a later change of the programme does not change a contract.
    RuleBroken when the contract lacks something, or when there is one already.
    """
    if find_employment_of(enrolment_id) is not None:
        raise RuleBroken(N_("The contract of this group is signed already."))
    return employ(
        enrolment_id,
        term,
        hourly=terms.hourly_wage,
        allowance=terms.allowance,
        outcome_bonus=terms.outcome_bonus,
        agreed_minutes=agreed_minutes,
        agreement=terms.agreement,
        ground=ground,
    )


def employ(
    enrolment_id: str,
    term: Span,
    *,
    hourly: Money,
    allowance: Money,
    outcome_bonus: Money,
    agreed_minutes: int,
    agreement: str,
    ground: str,
) -> Employment:
    """What pay rests on, as a contract signed by both says it; a newer version corrects it.

    Payslips that were issued keep what they say. Raises NotVisible, RuleBroken.
    """
    check_employment(term, hourly, agreed_minutes, ground)
    enrolment = db.session.scalar(select(Enrolment).where(Enrolment.id == enrolment_id))
    if enrolment is None:
        raise NotVisible
    employment = find_employment_of(enrolment_id)
    if employment is None:
        employment = Employment(
            organisation_id=enrolment.organisation_id,
            person_id=enrolment.person_id,
            enrolment_id=enrolment.id,
        )
        db.session.add(employment)
    employment.starts_on, employment.ends_on = term.first, term.last or term.first
    employment.hourly, employment.allowance = hourly, allowance
    employment.outcome_bonus, employment.agreed_minutes = outcome_bonus, agreed_minutes
    employment.agreement, employment.ground = agreement, ground[:_MOST_GROUND]
    employment.signed_at = now()
    db.session.flush()
    return employment


def end_employment(enrolment_id: str, ended_on: date) -> None:
    """End what pay rests on: on that day, or as if it had never been when work had not begun.

    The contract stays as the record of what was agreed; nobody was employed who never came to work.
    """
    employment = find_employment_of(enrolment_id)
    if employment is None:
        return
    if ended_on < employment.starts_on:
        db.session.delete(employment)
    else:
        employment.ends_on = min(employment.ends_on, ended_on)
    db.session.flush()


def record_tax_card(
    person_id: str, terms: TaxCardTerms, received_on: date, corrects_id: str | None = None
) -> TaxCard:
    """Keep a tax card as it was received; one that puts another right takes its place.

    RuleBroken for a benefit card or impossible figures.
    """
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
        corrects_id=corrects_id,
    )
    db.session.add(card)
    db.session.flush()
    return card
