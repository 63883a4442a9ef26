"""What is asked of contracts: versions, what they are written out from, questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, CohortDay, Enrolment
from jobsearch.core.access import Actor
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.periods import Span
from jobsearch.core.text import mark as N_
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.contracts.editions.models import Contract, ContractQuestion
from jobsearch.payroll.contracts.editions.paper import PlannedDay
from jobsearch.payroll.contracts.editions.rules import (
    OPEN,
    TO_SIGN,
    ContractState,
    Usual,
)
from jobsearch.payroll.contracts.law.rules import GroundKey
from jobsearch.people.models import Person
from jobsearch.programmes.models import PayTerms
from jobsearch.programmes.queries import find_terms


def _whole() -> Select[Contract]:
    return select(Contract).options(
        joinedload(Contract.person),
        joinedload(Contract.enrolment).joinedload(Enrolment.cohort),
        selectinload(Contract.signatures),
        selectinload(Contract.questions),
    )


def get_contract(contract_id: str) -> Contract:
    """A version with its person, group, signatures and questions. Raises NotVisible."""
    contract = db.session.scalar(_whole().where(Contract.id == contract_id))
    if contract is None:
        raise NotVisible
    return contract


def lock_contract(contract_id: str) -> Contract:
    """The same, held until the unit of work ends, as it stands now. Raises NotVisible."""
    held = select(Contract.id).where(Contract.id == contract_id).with_for_update()
    if db.session.scalar(held) is None:
        raise NotVisible
    statement = _whole().where(Contract.id == contract_id)
    contract = db.session.scalar(statement.execution_options(populate_existing=True))
    if contract is None:
        raise NotVisible
    return contract


def get_own_contract(actor: Actor, contract_id: str) -> Contract:
    """One of a participant's own versions that was offered to her once. Raises NotVisible."""
    own = Contract.person_id == actor.person_id, Contract.file_id.is_not(None)
    contract = db.session.scalar(_whole().where(Contract.id == contract_id, *own))
    if contract is None or actor.person_id is None:
        raise NotVisible
    return contract


def list_own_contracts(actor: Actor) -> list[Contract]:
    """A participant's versions that were offered to her, those to sign first, then the newest."""
    if actor.person_id is None:
        raise NotVisible
    statement = (
        _whole()
        .where(Contract.person_id == actor.person_id, Contract.file_id.is_not(None))
        .order_by(Contract.made_at.desc(), Contract.edition.desc(), Contract.id)
        .limit(20)
    )
    found = db.session.scalars(statement).all()
    return sorted(found, key=lambda one: one.state not in TO_SIGN)


def list_editions(enrolment_id: str) -> list[Contract]:
    """Every version of an enrolment's contract, the newest first, with its signatures."""
    statement = (
        select(Contract)
        .options(selectinload(Contract.signatures))
        .where(Contract.enrolment_id == enrolment_id)
        .order_by(Contract.edition.desc())
    )
    return list(db.session.scalars(statement))


def find_open(enrolment_id: str) -> Contract | None:
    """The version that is on its way, if there is one."""
    statement = select(Contract).where(
        Contract.enrolment_id == enrolment_id, Contract.state.in_(OPEN)
    )
    return db.session.scalar(statement)


def find_in_force(enrolment_id: str) -> Contract | None:
    """The version that both have signed and that has not ended, if there is one."""
    statement = select(Contract).where(
        Contract.enrolment_id == enrolment_id, Contract.state == ContractState.SIGNED
    )
    return db.session.scalar(statement)


def earlier_terms(person_id: str, ground: GroundKey, but_enrolment_id: str) -> list[Span]:
    """The terms of a person's other contracts on this ground; one that ended counts to its end.

    What ended before its first day was no employment and does not count.
    """
    elsewhere = Contract.enrolment_id != but_enrolment_id
    statement = select(
        Contract.starts_on, func.coalesce(Contract.ended_on, Contract.ends_on)
    ).where(
        Contract.person_id == person_id,
        Contract.ground == ground,
        Contract.signed_at.is_not(None),
        or_(
            (Contract.state == ContractState.SIGNED) & elsewhere,
            (Contract.state == ContractState.ENDED) & (Contract.ended_on >= Contract.starts_on),
        ),
    )
    return [Span(first, last) for first, last in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a contract belongs: person, group with its days, programme's terms, employer."""

    enrolment_id: str
    person: Person
    cohort: Cohort
    organisation: Organisation
    days: tuple[PlannedDay, ...]
    pay_terms: PayTerms

    @property
    def usual(self) -> Usual:
        """The days of the whole group, and the programme's terms of their first day."""
        return Usual(
            term=Span(self.days[0].on, self.days[-1].on),
            minutes=sum(day.minutes for day in self.days),
            hourly=self.pay_terms.hourly_wage,
            allowance=self.pay_terms.allowance,
            outcome_bonus=self.pay_terms.outcome_bonus,
        )

    def days_within(self, term: Span) -> tuple[PlannedDay, ...]:
        """The working days of a term."""
        return tuple(day for day in self.days if term.contains(day.on))


def get_place(enrolment_id: str) -> Place:
    """Everything that a contract of an enrolment rests on; four statements.

    Raises NotVisible, and RuleBroken when the programme has no pay terms for the group's first day.
    """
    statement = (
        select(Enrolment, Person, Cohort, Organisation)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Organisation, Organisation.id == Enrolment.organisation_id)
        .where(Enrolment.id == enrolment_id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotVisible
    _enrolment, person, cohort, organisation = row
    days = _planned_days(cohort.id)
    terms = find_terms(cohort.programme_id, days[0].on if days else cohort.starts_on)
    if terms is None or not days:
        raise RuleBroken(
            N_("The programme has no pay terms for %(day)s, so there is no contract."),
            day=cohort.starts_on,
        )
    return Place(enrolment_id, person, cohort, organisation, days, terms)


def _planned_days(cohort_id: str) -> tuple[PlannedDay, ...]:
    statement = (
        select(CohortDay.on, CohortDay.starts_minute, CohortDay.paid_minutes)
        .where(CohortDay.cohort_id == cohort_id, CohortDay.cancelled_at.is_(None))
        .order_by(CohortDay.on)
    )
    return tuple(PlannedDay(*row) for row in db.session.execute(statement))


def get_question(question_id: str) -> ContractQuestion:
    """A question. Raises NotVisible."""
    question = db.session.scalar(select(ContractQuestion).where(ContractQuestion.id == question_id))
    if question is None:
        raise NotVisible
    return question


def names_of(account_ids: Sequence[str | None]) -> dict[str, str]:
    """Names of accounts by key, for "offered by"."""
    wanted = sorted({key for key in account_ids if key})
    statement = select(Account.id, Account.name).where(Account.id.in_(wanted))
    return {row.id: row.name for row in db.session.execute(statement)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contract that waits for somebody of the employer: to be signed, or answered."""

    contract_id: str
    name: str
    starts_on: date
    state: ContractState


def list_waiting(limit: int = 50) -> list[Waiting]:
    """Versions that wait for signatures, by first day."""
    statement = (
        select(
            Contract.id,
            Person.given_name,
            Person.family_name,
            Contract.starts_on,
            Contract.state,
        )
        .join(Person, Person.id == Contract.person_id)
        .where(Contract.state.in_(TO_SIGN))
        .order_by(Contract.starts_on, Person.family_name, Contract.id)
        .limit(limit)
    )
    return [
        Waiting(key, f"{given} {family}".strip(), starts_on, state)
        for key, given, family, starts_on, state in db.session.execute(statement)
    ]
