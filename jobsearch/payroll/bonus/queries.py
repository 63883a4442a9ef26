"""What is asked of bonuses: one, the list by state, a person's own, and what earns one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from jobsearch.accounts.models import Account
from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money
from jobsearch.payroll.bonus.models import BonusAward, BonusRule, PaidBonus
from jobsearch.payroll.bonus.rules import BonusState
from jobsearch.payroll.bonus.terms.rules import DatedTerms, in_force
from jobsearch.payroll.contracts.models import Employment
from jobsearch.people.models import Person
from jobsearch.programmes.models import Programme

PAGE = 25
_CHOICES = 300
_YEAR_AND_A_HALF = 550


@dataclass(frozen=True, slots=True)
class Case:
    """A contract with the rules that were in force when it began."""

    employment: Employment
    cohort: str
    zone: str
    rules: tuple[DatedTerms, ...]


def _contracts() -> Select[Employment, str, Programme]:
    return (
        select(Employment, Cohort.name, Programme)
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Programme, Programme.id == Cohort.programme_id)
    )


def find_case(enrolment_id: str) -> Case | None:
    """What a finding of an enrolment's person may earn; None where nobody was employed."""
    cases = _cases(_contracts().where(Employment.enrolment_id == enrolment_id))
    return cases[0] if cases else None


def get_case(employment_id: str) -> Case:
    """The same by contract. Raises NotVisible."""
    cases = _cases(_contracts().where(Employment.id == employment_id))
    if not cases:
        raise NotVisible
    return cases[0]


def own_cases(person_id: str) -> list[Case]:
    """A person's contracts, newest first."""
    order = Employment.starts_on.desc(), Employment.id
    return _cases(_contracts().where(Employment.person_id == person_id).order_by(*order))


def _cases(statement: Select[Employment, str, Programme]) -> list[Case]:
    rows = db.session.execute(statement).all()
    programmes = sorted({programme.id for _one, _name, programme in rows})
    rules: dict[str, list[DatedTerms]] = {}
    if programmes:
        for rule in db.session.scalars(
            select(BonusRule).where(BonusRule.programme_id.in_(programmes))
        ):
            rules.setdefault(rule.programme_id, []).append(rule.as_terms())
    return [
        Case(
            employment,
            cohort,
            programme.zone,
            tuple(
                in_force(
                    rules.get(programme.id, ()), employment.starts_on, programme.follow_up_months
                )
            ),
        )
        for employment, cohort, programme in rows
    ]


def find_award(employment_id: str, promise: str) -> BonusAward | None:
    """What was promised of a kind under a contract, held; None where nothing was."""
    return db.session.scalar(
        select(BonusAward)
        .where(BonusAward.employment_id == employment_id, BonusAward.promise == promise)
        .with_for_update()
    )


def get_award(award_id: str, person_id: str | None = None, *, held: bool = False) -> BonusAward:
    """One bonus, of this person only where one is named. Raises NotVisible."""
    conditions: list[ColumnElement[bool]] = [BonusAward.id == award_id]
    if person_id is not None:
        conditions.append(BonusAward.person_id == person_id)
    statement = select(BonusAward).where(*conditions)
    if held:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    award = db.session.scalar(statement)
    if award is None:
        raise NotVisible
    return award


def list_late(day: date) -> list[BonusAward]:
    """Promised bonuses whose last day for the proof was before the day, held."""
    statement = (
        select(BonusAward)
        .where(BonusAward.state == BonusState.PROMISED, BonusAward.due_on < day)
        .order_by(BonusAward.id)
        .with_for_update(skip_locked=True)
    )
    return list(db.session.scalars(statement))


def payment_of(award_id: str) -> PaidBonus | None:
    """The payslip that a bonus is on, or None."""
    return db.session.scalar(select(PaidBonus).where(PaidBonus.bonus_award_id == award_id))


@dataclass(frozen=True, slots=True)
class AwardLine:
    """A bonus in the list: whose it is, and in which group."""

    award: BonusAward
    name: str
    cohort: str


@dataclass(frozen=True, slots=True)
class AwardList:
    """A page of bonuses, and how many there are in each state and how much they are together."""

    lines: Sequence[AwardLine]
    counts: Mapping[BonusState, int]
    sums: Mapping[BonusState, Money]
    late: int
    state: BonusState | None
    page: int
    this_day: date

    def days_left(self, award: BonusAward) -> int | None:
        """How many days are left for the proof of a promised bonus, below zero when it is late."""
        is_waiting = award.state is BonusState.PROMISED
        return (award.due_on - self.this_day).days if is_waiting else None

    @property
    def count(self) -> int:
        """How many bonuses the list has on all its pages."""
        return sum(self.counts.values()) if self.state is None else self.counts[self.state]

    @property
    def pages(self) -> int:
        """How many pages they fill."""
        return max(1, -(-self.count // PAGE))


def list_awards(state: BonusState | None, page: int, zone: str) -> AwardList:
    """Bonuses of a state or all, what is due first on top; three statements at any size."""
    this_day = today(zone)
    counts, sums = dict.fromkeys(BonusState, 0), dict.fromkeys(BonusState, Money.zero())
    grouped = select(BonusAward.state, func.count(), func.sum(BonusAward.amount))
    for key, count, total in db.session.execute(grouped.group_by(BonusAward.state)):
        counts[key], sums[key] = count, total or Money.zero()
    late = select(func.count()).where(
        BonusAward.state == BonusState.PROMISED, BonusAward.due_on < this_day
    )
    statement = _lines(state).limit(PAGE).offset((page - 1) * PAGE)
    lines, late_count = _as_lines(statement), db.session.scalar(late) or 0
    return AwardList(lines, counts, sums, late_count, state, page, this_day)


def every_award(state: BonusState | None) -> list[AwardLine]:
    """The whole list, for a file."""
    return _as_lines(_lines(state))


def _lines(state: BonusState | None) -> Select[BonusAward, str, str, str]:
    statement = (
        select(BonusAward, Person.family_name, Person.given_name, Cohort.name)
        .join(Person, Person.id == BonusAward.person_id)
        .join(Employment, Employment.id == BonusAward.employment_id)
        .join(Enrolment, Enrolment.id == Employment.enrolment_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .order_by(BonusAward.due_on, Person.family_name, Person.given_name, BonusAward.id)
    )
    return statement if state is None else statement.where(BonusAward.state == state)


def _as_lines(statement: Select[BonusAward, str, str, str]) -> list[AwardLine]:
    rows = db.session.execute(statement)
    return [
        AwardLine(award, f"{family} {given}".strip(), cohort)
        for award, family, given, cohort in rows
    ]


@dataclass(frozen=True, slots=True)
class WholeAward:
    """One bonus with whose it is and who did what; `is_settled` when an approved run pays it."""

    award: BonusAward
    name: str
    cohort: str
    is_settled: bool
    payslip_id: str | None


def show_award(award_id: str) -> WholeAward:
    """One bonus for staff. Raises NotVisible."""
    statement = (
        _lines(None)
        .where(BonusAward.id == award_id)
        .options(
            joinedload(BonusAward.promised_by).load_only(Account.name),
            joinedload(BonusAward.proof_by).load_only(Account.name),
            joinedload(BonusAward.approved_by).load_only(Account.name),
        )
    )
    found = _as_lines(statement)
    if not found:
        raise NotVisible
    payment = payment_of(award_id)
    settled = payment is not None and payment.settled_at is not None
    line = found[0]
    return WholeAward(
        line.award, line.name, line.cohort, settled, payment.payslip_id if payment else None
    )


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract to choose from when a bonus is registered by hand."""

    employment_id: str
    name: str
    cohort: str


def list_contracts(zone: str) -> list[Contract]:
    """The contracts that have begun and not been over for more than a year and a half, by name."""
    this_day = today(zone)
    statement = (
        _contracts()
        .join(Employment.person)
        .options(contains_eager(Employment.person))
        .where(Employment.starts_on <= this_day)
        .order_by(Person.family_name, Person.given_name, Employment.starts_on.desc())
        .limit(_CHOICES)
    )
    rows = db.session.execute(statement)
    return [
        Contract(one.id, f"{one.person.family_name} {one.person.given_name}".strip(), cohort)
        for one, cohort, _programme in rows
        if (this_day - one.ends_on).days <= _YEAR_AND_A_HALF
    ]
