"""What the pages of pay show: read shapes, with every sum made in SQL."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from jobsearch.cohorts.models import Cohort, Enrolment
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.money import Money
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.drafting import what_is_missing
from jobsearch.payroll.pay.exceptions import PayException, from_json
from jobsearch.payroll.pay.lines import ITEMS, TAKEN, Item, LineKind
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunState
from jobsearch.payroll.pay.sentences import Sentence
from jobsearch.payroll.pay.worked import WorkedHours, hours_of_run
from jobsearch.people.models import Person

SLIPS = 50  # payslips on one page of a run


@dataclass(frozen=True, slots=True)
class Concerned:
    """A concern and whom it is about; no name when it is about the run."""

    exception: PayException
    name: str


@dataclass(frozen=True, slots=True)
class Totals:
    """A run's sums over all its payslips."""

    people: int
    minutes: int
    gross: Money
    tax: Money
    contributions_taken: Money
    reimbursements: Money
    distraint: Money
    to_account: Money
    employer_total: Money
    health_employer: Money


@dataclass(frozen=True, slots=True)
class RunPage:
    """Everything that the page of a run shows; `can_go_on` when nothing stops it."""

    run: PayRun
    concerns: tuple[Concerned, ...]
    slips: tuple[Payslip, ...]
    totals: Totals
    hours: tuple[WorkedHours, ...]
    page: int
    pages: int

    @property
    def open_count(self) -> int:
        """How many concerns stop the run."""
        return sum(concern.exception.blocks for concern in self.concerns)


def load_run_page(run_id: str, page: int = 1) -> RunPage:
    """The page of a run. Raises NotVisible."""
    run = get_run(run_id)
    totals = _totals(run_id)
    statement = (
        select(Payslip)
        .where(Payslip.pay_run_id == run_id)
        .options(selectinload(Payslip.lines))
        .order_by(Payslip.position, Payslip.id)
        .limit(SLIPS)
        .offset((page - 1) * SLIPS)
    )
    return RunPage(
        run=run,
        concerns=_concerns(run),
        slips=tuple(db.session.scalars(statement)),
        totals=totals,
        hours=hours_of_run(run, page, SLIPS),
        page=page,
        pages=max(1, -(-totals.people // SLIPS)),
    )


def _concerns(run: PayRun) -> tuple[Concerned, ...]:
    if run.state is RunState.DRAFT:
        return tuple(Concerned(missing, "") for missing in what_is_missing(run))
    exceptions = [from_json(kept) for kept in run.exceptions]
    names = _names({one.person_id for one in exceptions if one.person_id})
    return tuple(Concerned(one, names.get(one.person_id or "", "")) for one in exceptions)


def _names(person_ids: set[str]) -> dict[str, str]:
    if not person_ids:
        return {}
    statement = select(Person.id, Person.given_name, Person.family_name).where(
        Person.id.in_(sorted(person_ids))
    )
    return {key: f"{family} {given}" for key, given, family in db.session.execute(statement)}


def _totals(run_id: str) -> Totals:
    statement = select(
        func.count(),
        func.coalesce(func.sum(Payslip.paid_minutes), 0),
        func.sum(Payslip.gross),
        func.sum(Payslip.tax),
        func.sum(Payslip.pension) + func.sum(Payslip.unemployment),
        func.sum(Payslip.reimbursements),
        func.sum(Payslip.distraint),
        func.sum(Payslip.to_account),
        func.sum(Payslip.employer_total),
        func.sum(Payslip.health_employer),
    ).where(Payslip.pay_run_id == run_id)
    people, minutes, *sums = db.session.execute(statement).one()
    return Totals(people, int(minutes), *(_money(value) for value in sums))


def _money(value: Money | int | None) -> Money:
    return value if isinstance(value, Money) else Money(int(value or 0))


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A figure of a payslip as the page shows it; `anchor` is where links to it lead."""

    anchor: str
    label: str
    sentence: Sentence
    amount: Money


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one kind, with the marked words over them."""

    kind: LineKind
    lines: tuple[ExplainedLine, ...]


def sections(slip: Payslip, *, with_distraint: bool) -> list[Section]:
    """A payslip's lines by kind, in the order they are read; deductions with a minus.

    What a payment ban takes is for the clerk and the person; to others it is in the sum alone.
    """
    return [
        Section(kind, found)
        for kind in LineKind
        if (with_distraint or kind is not LineKind.AFTER_NET)
        and (found := tuple(_explained(line) for line in slip.lines if line.kind is kind))
    ]


def _explained(line: PayLineRow) -> ExplainedLine:
    amount = -line.amount if line.kind in TAKEN else line.amount
    return ExplainedLine(anchor(line), ITEMS[line.item].label, line.sentence, amount)


def anchor(line: PayLineRow) -> str:
    """The id of a line on the page of its payslip."""
    return f"line-{line.position}"


@dataclass(frozen=True, slots=True)
class Cell:
    """The sum of an item on a payslip and the line that explains it first."""

    amount: Money
    anchor: str


def cell(slip: Payslip, *items: Item) -> Cell | None:
    """What a payslip has for these items together; None where it has no such line."""
    lines = [line for line in slip.lines if line.item in items]
    if not lines:
        return None
    return Cell(Money.total(line.amount for line in lines), anchor(lines[0]))


@dataclass(frozen=True, slots=True)
class Payable:
    """A group with contracts, to choose from when a run is made."""

    cohort_id: str
    name: str
    first: date
    last: date
    people: int


def list_payable_groups() -> list[Payable]:
    """The groups that began by today and have contracts, newest first."""
    statement = (
        select(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on, func.count())
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .join(Employment, Employment.enrolment_id == Enrolment.id)
        .where(Cohort.starts_on <= today())
        .group_by(Cohort.id, Cohort.name, Cohort.starts_on, Cohort.ends_on)
        .order_by(Cohort.starts_on.desc(), Cohort.name, Cohort.id)
        .limit(60)
    )
    return [Payable(*row) for row in db.session.execute(statement)]
