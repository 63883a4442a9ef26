"""What is asked of a month of pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from lxml import etree
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from jobsearch.core.db import db
from jobsearch.core.files import get as get_file
from jobsearch.core.money import Money
from jobsearch.core.periods import month_of
from jobsearch.payroll.exports.books.rules import Comparison, Sums, check_agreement, compare
from jobsearch.payroll.exports.books.sources import load_booked
from jobsearch.payroll.exports.months.rules import HealthOfMonth, check_health, together
from jobsearch.payroll.exports.register.models import RegisterDelivery
from jobsearch.payroll.exports.register.queries import find_summary, health_bases
from jobsearch.payroll.exports.register.rules import health_of_month
from jobsearch.payroll.pay.lines import Item
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.rules import PaidBy


@dataclass(frozen=True, slots=True)
class RunInMonth:
    """One run of the month with its sums, and those that differ."""

    run: PayRun
    sums: Sums
    comparisons: Sequence[Comparison]

    @property
    def differences(self) -> list[Comparison]:
        """What does not agree."""
        return [one for one in self.comparisons if one.differs]


@dataclass(frozen=True, slots=True)
class PayMonth:
    """A calendar month of payments: its runs, its sums compared, and its separate report."""

    month: date
    runs: Sequence[RunInMonth]
    comparisons: Sequence[Comparison]
    health: HealthOfMonth
    summary: RegisterDelivery | None
    elsewhere: Sequence[PayRun]

    @property
    def agrees(self) -> bool:
        """Whether nothing stands in the way of the month's report."""
        return self.health.is_explained and not any(one.differences for one in self.runs)

    def total(self, name: str) -> Money:
        """One sum over all runs."""
        return Money.total(getattr(one.sums, name) for one in self.runs)


def show_month(month: date) -> PayMonth:
    """A month as every source has it; a dozen statements at any number of runs."""
    month = month_of(month).first
    everywhere = _list_runs(month)
    here = [run for run in everywhere if run.paid_by is PaidBy.HERE]
    booked = load_booked([run.id for run in here])
    runs = [
        RunInMonth(run, booked[run.id].sums, compare(booked[run.id].lines, booked[run.id].sums))
        for run in here
    ]
    summary = find_summary(month)
    return PayMonth(
        month=month,
        runs=runs,
        comparisons=together(one.comparisons for one in runs),
        health=_health(month, [run.id for run in here], summary),
        summary=summary,
        elsewhere=[run for run in everywhere if run.paid_by is not PaidBy.HERE],
    )


def check_month(month: date) -> None:
    """Refuse to report a month whose sums differ; they are named. RuleBroken."""
    shown = show_month(month)
    for one in shown.runs:
        check_agreement(one.comparisons)
    check_health(shown.health)


def _list_runs(month: date) -> list[PayRun]:
    """The approved runs whose day of payment is in the month, by that day."""
    days = month_of(month)
    statement = (
        select(PayRun)
        .options(joinedload(PayRun.cohort))
        .where(
            PayRun.approved_at.is_not(None),
            PayRun.pays_on.between(days.first, days.last),
        )
        .order_by(PayRun.pays_on, PayRun.id)
    )
    return list(db.session.scalars(statement))


def _health(month: date, run_ids: Sequence[str], summary: RegisterDelivery | None) -> HealthOfMonth:
    statement = (
        select(func.sum(PayLineRow.amount), func.count())
        .join(Payslip, Payslip.id == PayLineRow.payslip_id)
        .where(Payslip.pay_run_id.in_(run_ids), PayLineRow.item == Item.HEALTH_EMPLOYER)
    )
    by_people, payslips = db.session.execute(statement).one()
    return HealthOfMonth(
        due=health_of_month(health_bases(month)),
        by_people=by_people or Money.zero(),
        payslips=payslips,
        told=None if summary is None else told_in(bytes(get_file(summary.file_id).content)),
    )


def told_in(content: bytes) -> Money:
    """What a separate report tells, read back from its bytes; without wages nothing."""
    root = etree.parse(BytesIO(content)).getroot()
    return Money.total(
        Money.of(basic.findtext("Amount") or "0") for basic in root.iter("TransactionBasic")
    )
