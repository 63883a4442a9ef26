"""What is asked of contracts and tax cards."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from jobsearch.cohorts.models import Enrolment
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import Span
from jobsearch.payroll.contracts.models import Employment, TaxCard
from jobsearch.payroll.contracts.rules import TaxCardTerms
from jobsearch.people.models import Person


def get_employment(employment_id: str) -> Employment:
    """A contract with its person. Raises NotVisible."""
    statement = (
        select(Employment)
        .where(Employment.id == employment_id)
        .options(joinedload(Employment.person))
    )
    employment = db.session.scalar(statement)
    if employment is None:
        raise NotVisible
    return employment


def find_employment_of(enrolment_id: str) -> Employment | None:
    """The contract of an enrolment, or None while nothing is signed."""
    return db.session.scalar(select(Employment).where(Employment.enrolment_id == enrolment_id))


def began_on(enrolment_id: str, day: date) -> date | None:
    """The first day of work that has begun by the day under an enrolment's contract, or None."""
    employment = find_employment_of(enrolment_id)
    return employment.starts_on if employment and employment.starts_on <= day else None


def list_employments(
    period: Span, cohort_id: str | None = None, only: Collection[str] | None = None
) -> list[Employment]:
    """The contracts with a day in the period, with their people, by name.

    Of one cohort or all, and of those whose keys are in `only`, where it is given.
    """
    statement = (
        select(Employment)
        .join(Employment.person)
        .where(Employment.ends_on >= period.first)
        .options(contains_eager(Employment.person))
    )
    if period.last is not None:
        statement = statement.where(Employment.starts_on <= period.last)
    if cohort_id is not None:
        statement = statement.join(Enrolment, Enrolment.id == Employment.enrolment_id).where(
            Enrolment.cohort_id == cohort_id
        )
    if only is not None:
        statement = statement.where(Employment.id.in_(sorted(only)))
    employments = db.session.scalars(statement).all()
    return sorted(
        employments, key=lambda row: (row.person.family_name, row.person.given_name, row.id)
    )


def list_these(employment_ids: Iterable[str]) -> list[Employment]:
    """These contracts with their people, by name."""
    statement = (
        select(Employment)
        .join(Employment.person)
        .where(Employment.id.in_(sorted(employment_ids)))
        .order_by(Person.family_name, Person.given_name, Employment.id)
        .options(contains_eager(Employment.person))
    )
    return list(db.session.scalars(statement))


def in_use() -> ColumnElement[bool]:
    """Whether a tax card holds: no later row puts it right."""
    correction = aliased(TaxCard)
    return ~exists().where(correction.corrects_id == TaxCard.id)


def tax_cards(employments: Iterable[Employment]) -> dict[str, list[TaxCardTerms]]:
    """Every tax card in use under these contracts, by person, oldest first; one query."""
    people = sorted({employment.person_id for employment in employments})
    statement = (
        select(TaxCard)
        .where(TaxCard.person_id.in_(people), in_use())
        .order_by(TaxCard.valid_from, TaxCard.received_on, TaxCard.id)
    )
    found: defaultdict[str, list[TaxCardTerms]] = defaultdict(list)
    for card in db.session.scalars(statement):
        found[card.person_id].append(card.as_terms())
    return dict(found)


def find_tax_card(person_id: str, day: date) -> TaxCard | None:
    """The newest card that begins on the day or before it, whatever its kind."""
    statement = (
        select(TaxCard)
        .where(TaxCard.person_id == person_id, TaxCard.valid_from <= day, in_use())
        .order_by(TaxCard.valid_from.desc(), TaxCard.received_on.desc(), TaxCard.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)
