"""What each day of payment means for the people of a group or a run."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.cohorts.models import Cohort
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.money import Money, wage
from jobsearch.core.periods import Span, month_of, previous_banking_day
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.contracts.queries import list_employments
from jobsearch.payroll.contracts.settings.queries import find_settings
from jobsearch.payroll.pay.dates.models import PayDateChoice
from jobsearch.payroll.pay.dates.rules import ProposedDay, month_parts, propose_days
from jobsearch.payroll.pay.hours import hours_worked
from jobsearch.payroll.pay.models import PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import FROZEN, MonthCounts, MonthInformation, RunKind, months_count
from jobsearch.payroll.pay.worked import contracts_of
from jobsearch.rates.queries import load_rate_table
from jobsearch.rates.rules import RateTable

_Paid = list[tuple[date, Money]]
_Wages = dict[str, _Paid]


@dataclass(frozen=True, slots=True)
class PersonDays:
    """One contract: its wages, how the month of each proposed day counts, and split by months.

    A month is None where its limits are not known.
    """

    person_id: str
    name: str
    wages: Money
    months: tuple[MonthInformation | None, ...]
    split: tuple[MonthInformation | None, ...]


@dataclass(frozen=True, slots=True)
class DayComparison:
    """The days of payment that are proposed, and what they mean for each person."""

    period: Span
    days: tuple[ProposedDay, ...]
    people: tuple[PersonDays, ...]
    split_days: tuple[date, ...]

    @property
    def limits(self) -> MonthInformation | None:
        """A month with the limits in force, or None where they are not known."""
        return next((found for one in self.people for found in one.months if found), None)

    def counts(self, at: int) -> Counter[MonthCounts]:
        """For how many people the month of a proposed day counts how."""
        return Counter(month.counts for one in self.people if (month := one.months[at]))


def compare_days_of_group(cohort_id: str) -> tuple[Cohort, DayComparison]:
    """Before a run is made: the days of payment for a group's whole term. Raises NotVisible."""
    cohort = db.session.scalar(select(Cohort).where(Cohort.id == cohort_id))
    if cohort is None:
        raise NotVisible
    period = Span(cohort.starts_on, cohort.ends_on)
    return cohort, _compare(list_employments(period, cohort_id), period, None, "")


def get_wage_run(run_id: str) -> PayRun:
    """A run of wages. Raises NotVisible, also for others: they have their day from what they pay.

    A correction is asked for with its day, and bonuses count in no month.
    """
    run = get_run(run_id)
    if run.kind is not RunKind.WAGES:
        raise NotVisible
    return run


def compare_days_of_run(run_id: str) -> tuple[PayRun, DayComparison]:
    """The days of payment for the people of a run of wages. Raises NotVisible."""
    run = get_wage_run(run_id)
    return run, _compare(contracts_of(run), run.period, run.pays_on, run.id)


def _compare(
    employments: Sequence[Employment], period: Span, chosen: date | None, run_id: str
) -> DayComparison:
    last = period.last or period.first
    settings = find_settings(period.first)
    closed = {**holidays_of(last.year), **holidays_of(last.year + 1)}
    days = propose_days(last, settings.pay_days if settings else None, closed, chosen)
    parts = month_parts(period)
    by_part = [_expected(employments, part) for part in parts]
    whole = _expected(employments, period)
    split_days = tuple(previous_banking_day(_end_of_month(part), closed) for part in parts)
    others = _paid_already(employments, [*(day.on for day in days), *split_days], run_id)
    table = load_rate_table()
    people = tuple(
        PersonDays(
            row.person_id,
            row.person.full_name,
            whole[row.id],
            tuple(
                _month([(day.on, whole[row.id])], others[row.person_id], day.on, table)
                for day in days
            ),
            _split(
                list(zip(split_days, (part[row.id] for part in by_part), strict=True)),
                others[row.person_id],
                table,
            ),
        )
        for row in employments
    )
    return DayComparison(period, tuple(days), people, split_days if len(parts) > 1 else ())


def _end_of_month(part: Span) -> date:
    return month_of(part.first).last or part.first


def _expected(employments: Sequence[Employment], period: Span) -> dict[str, Money]:
    """The wages of a period by contract, open days as planned."""
    hours = hours_worked(employments, period)
    return {row.id: wage(hours[row.id].expected_minutes, row.hourly) for row in employments}


def _month(payments: _Paid, others: _Paid, day: date, table: RateTable) -> MonthInformation | None:
    month = month_of(day)
    same = [payment for payment in (*payments, *others) if month.contains(payment[0])]
    return next(iter(months_count(same, table)), None)


def _split(payments: _Paid, others: _Paid, table: RateTable) -> tuple[MonthInformation | None, ...]:
    return tuple(_month(payments, others, day, table) for day, _amount in payments)


def _paid_already(employments: Sequence[Employment], days: Sequence[date], run_id: str) -> _Wages:
    """Wages that other approved runs pay these people in the months of the days; one query."""
    found: _Wages = defaultdict(list)
    if not days:
        return found
    first, last = month_of(min(days)).first, month_of(max(days)).last
    statement = (
        select(Payslip.person_id, Payslip.counts_on, Payslip.wage)
        .join(PayRun, PayRun.id == Payslip.pay_run_id)
        .where(
            Payslip.person_id.in_(sorted({row.person_id for row in employments})),
            Payslip.counts_on.between(first, last),
            PayRun.state.in_(sorted(FROZEN)),
            PayRun.id != run_id,
        )
        .order_by(Payslip.counts_on, Payslip.id)
    )
    for person_id, day, amount in db.session.execute(statement):
        found[person_id].append((day, amount))
    return found


def list_choices(run_id: str) -> Sequence[PayDateChoice]:
    """The days that were chosen for a run, newest first, with who chose them."""
    statement = (
        select(PayDateChoice)
        .where(PayDateChoice.pay_run_id == run_id)
        .options(joinedload(PayDateChoice.chosen_by))
        .order_by(PayDateChoice.chosen_at.desc(), PayDateChoice.id)
        .limit(20)
    )
    return db.session.scalars(statement).all()
