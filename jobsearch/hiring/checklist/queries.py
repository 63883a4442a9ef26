"""What is asked of checklists: who is on the way to a first day, and what is missing of her."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, extract, func, select

from jobsearch.cohorts.models import Cohort, CohortDay, CohortState, Enrolment
from jobsearch.cohorts.queries import has_seat
from jobsearch.consents.queries import visible_participants
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.hiring.checklist.models import Orientation
from jobsearch.hiring.checklist.rules import Known, Line, checklist, is_ready
from jobsearch.payroll.contracts.editions.models import Contract, Signature
from jobsearch.payroll.contracts.editions.rules import ContractState, Side
from jobsearch.payroll.contracts.models import TaxCard
from jobsearch.payroll.contracts.queries import in_use
from jobsearch.payroll.contracts.rules import TaxCardKind
from jobsearch.payroll.contracts.settings.queries import list_settings
from jobsearch.people.models import Person

PAGE = 25
_SHOWN = (
    ContractState.DRAFT,
    ContractState.OFFERED,
    ContractState.SIGNED_BY_ONE,
    ContractState.SIGNED,
    ContractState.DECLINED,
)


@dataclass(frozen=True, slots=True)
class Starter:
    """One person of a group before her first day: her checklist and her contract, no values."""

    enrolment_id: str
    person_id: str
    name: str
    cohort_id: str
    cohort: str
    starts_on: date
    contract_id: str | None
    contract: ContractState | None
    lines: tuple[Line, ...]

    @property
    def is_ready(self) -> bool:
        """Whether she can begin."""
        return is_ready(self.lines)

    @property
    def missing(self) -> tuple[Line, ...]:
        """What is not in order yet."""
        return tuple(line for line in self.lines if not line.is_done)


def _signed(side: Side) -> ColumnElement[bool]:
    return exists().where(Signature.contract_id == Contract.id, Signature.side == side)


def _has_card() -> ColumnElement[bool]:
    return exists().where(
        TaxCard.person_id == Person.id,
        TaxCard.kind == TaxCardKind.WAGE,
        in_use(),
        extract("year", TaxCard.valid_from) == extract("year", Cohort.starts_on),
    )


def _minutes_of_term() -> ScalarSelect[int]:
    """The minutes that the group works in a contract's term."""
    statement = select(func.coalesce(func.sum(CohortDay.paid_minutes), 0)).where(
        CohortDay.cohort_id == Cohort.id,
        CohortDay.cancelled_at.is_(None),
        CohortDay.on.between(Contract.starts_on, Contract.ends_on),
    )
    return statement.correlate(Cohort, Contract).scalar_subquery()


def _columns() -> Select[*tuple[Any, ...]]:
    return select(
        Enrolment.id.label("enrolment_id"),
        Person.id.label("person_id"),
        Person.given_name,
        Person.family_name,
        Cohort.id.label("cohort_id"),
        Cohort.name.label("cohort"),
        Cohort.starts_on,
        Person.identity_index.is_not(None).label("code"),
        Person.bank_account.is_not(None).label("account"),
        _has_card().label("card"),
        Orientation.done_on,
        Contract.id.label("contract_id"),
        Contract.state,
        (Contract.agreed_minutes == _minutes_of_term()).label("fits"),
        _signed(Side.EMPLOYER).label("by_employer"),
        _signed(Side.EMPLOYEE).label("by_employee"),
    )


def _starters(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        _columns()
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .outerjoin(Orientation, Orientation.enrolment_id == Enrolment.id)
        .outerjoin(
            Contract, and_(Contract.enrolment_id == Enrolment.id, Contract.state.in_(_SHOWN))
        )
        .where(
            has_seat(),
            Cohort.state == CohortState.OPEN,
            Person.id.in_(visible_participants(actor, today(actor.zone))),
        )
        # the version in force first, else the newest
        .order_by(
            Cohort.starts_on,
            Cohort.name,
            Person.family_name,
            Person.given_name,
            Enrolment.id,
            Contract.state != ContractState.SIGNED,
            Contract.edition.desc(),
        )
    )


def _read(rows: Iterable[Any], day: date) -> list[Starter]:
    insured = [row.valid_from for row in list_settings()]
    found: dict[str, Starter] = {}
    for row in rows:
        if row.enrolment_id in found:
            continue
        signed = {Side.EMPLOYER: row.by_employer, Side.EMPLOYEE: row.by_employee}
        known = Known(
            starts_on=row.starts_on,
            has_identity_code=bool(row.code),
            has_bank_account=bool(row.account),
            has_tax_card=bool(row.card),
            has_insurance=any(first <= row.starts_on for first in insured),
            oriented_on=row.done_on,
            contract=row.state,
            signed=frozenset(side for side, done in signed.items() if done),
            contract_fits=bool(row.fits),
        )
        found[row.enrolment_id] = Starter(
            enrolment_id=row.enrolment_id,
            person_id=row.person_id,
            name=f"{row.given_name} {row.family_name}".strip(),
            cohort_id=row.cohort_id,
            cohort=row.cohort,
            starts_on=row.starts_on,
            contract_id=row.contract_id,
            contract=row.state,
            lines=checklist(known, day),
        )
    return list(found.values())


def list_starters(actor: Actor, cohort_id: str) -> list[Starter]:
    """The people of one group with their checklists, by name; two statements."""
    rows = db.session.execute(_starters(actor).where(Cohort.id == cohort_id))
    return _read(rows, today(actor.zone))


def get_starter(actor: Actor, enrolment_id: str) -> Starter:
    """One person with her checklist. Raises NotVisible when she has no seat."""
    rows = db.session.execute(_starters(actor).where(Enrolment.id == enrolment_id))
    found = _read(rows, today(actor.zone))
    if not found:
        raise NotVisible
    return found[0]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group that has not ended, with how many of its people are ready."""

    cohort_id: str
    name: str
    starts_on: date
    ends_on: date
    seats: int
    starters: Sequence[Starter]

    @property
    def ready(self) -> int:
        """How many can begin."""
        return sum(one.is_ready for one in self.starters)

    @property
    def late(self) -> int:
        """How many things should be in order by now and are not."""
        return sum(line.mood == "late" for one in self.starters for line in one.missing)


def list_groups(actor: Actor, page: int) -> list[GroupLine]:
    """Groups that have not ended, by first day, with their people; three statements."""
    day = today(actor.zone)
    statement = (
        select(Cohort)
        .where(*_coming(day))
        .order_by(Cohort.starts_on, Cohort.name, Cohort.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    cohorts = db.session.scalars(statement).all()
    keys = [cohort.id for cohort in cohorts]
    starters = _read(db.session.execute(_starters(actor).where(Cohort.id.in_(keys))), day)
    return [
        GroupLine(
            cohort.id,
            cohort.name,
            cohort.starts_on,
            cohort.ends_on,
            cohort.seats,
            [one for one in starters if one.cohort_id == cohort.id],
        )
        for cohort in cohorts
    ]


def count_groups(actor: Actor) -> int:
    """How many groups have not ended."""
    statement = select(func.count(Cohort.id)).where(*_coming(today(actor.zone)))
    return db.session.scalar(statement) or 0


def _coming(day: date) -> tuple[ColumnElement[bool], ...]:
    return Cohort.state == CohortState.OPEN, Cohort.ends_on >= day


def find_orientation(enrolment_id: str) -> Orientation | None:
    """The mark of an introduction to the work, if there is one."""
    statement = select(Orientation).where(Orientation.enrolment_id == enrolment_id)
    return db.session.scalar(statement)
