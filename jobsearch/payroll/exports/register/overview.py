"""What a clerk has to report and by when: queries and dates together, for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core.clock import today
from jobsearch.core.money import Money
from jobsearch.core.periods import Span, month_of
from jobsearch.payroll.exports.register import queries
from jobsearch.payroll.exports.register.models import RegisterDelivery, RegisterSettings
from jobsearch.payroll.exports.register.rules import (
    DeliveryState,
    health_of_month,
    summary_due_on,
    wages_due_on,
)
from jobsearch.payroll.exports.register.waiting import (
    Outdated,
    list_runs_to_report,
    list_to_replace,
)
from jobsearch.payroll.pay.models import PayRun


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is to be reported by a day: a run, a month, or a file without an answer."""

    due_on: date
    run: PayRun | None = None
    month: date | None = None
    delivery: RegisterDelivery | None = None


def list_duties() -> list[Duty]:
    """What the clerk has to do with the Incomes Register, the first day first; three statements.

    A month without wages is on the register's own page alone.
    """
    before = month_of(month_of(today()).first - timedelta(days=1)).first
    duties = [
        Duty(wages_due_on(run.pays_on, holidays_of(run.pays_on.year)), run=run)
        for run in list_runs_to_report()
    ]
    there = queries.list_open_deliveries(before)
    told = [one for one in there if one.month == before and one.state is not DeliveryState.REJECTED]
    if not told and queries.has_wages(before):
        duties.append(Duty(summary_due_on(before, _holidays(before)), month=before))
    duties += [
        Duty(one.due_on or one.made_at.date(), delivery=one)
        for one in there
        if one.state in {DeliveryState.MADE, DeliveryState.DELIVERED} and not one.is_test
    ]
    return sorted(duties, key=lambda duty: duty.due_on)


def _holidays(month: date) -> dict[date, str]:
    """Those of the year, and of the next: December is reported in January."""
    return {**holidays_of(month.year), **holidays_of(month.year + 1)}


@dataclass(frozen=True, slots=True)
class Month:
    """One month's separate report: its contribution, its day, and the latest file of it.

    `is_told` by a report that stands; `is_outdated` when it tells another contribution.
    """

    month: date
    health: Money | None
    due_on: date
    delivery: RegisterDelivery | None
    is_told: bool
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The clerk's page: what is to be reported or replaced, by when, and what was."""

    settings: RegisterSettings | None
    runs: Sequence[tuple[PayRun, date]]
    outdated: Sequence[Outdated]
    months: Sequence[Month]
    deliveries: Sequence[RegisterDelivery]


def load_overview(organisation_id: str) -> Overview:
    """Runs to report with their days, this month and the one before, and the latest files."""
    this_month = month_of(today()).first
    before = month_of(this_month - timedelta(days=1)).first
    settings = queries.find_settings(organisation_id)
    is_test = settings is None or settings.production_since is None
    return Overview(
        settings=settings,
        runs=[
            (run, wages_due_on(run.pays_on, holidays_of(run.pays_on.year)))
            for run in list_runs_to_report()
        ],
        outdated=list_to_replace(),
        months=_months([before, this_month], is_test=is_test),
        deliveries=queries.list_deliveries(),
    )


def _months(months: Sequence[date], *, is_test: bool) -> list[Month]:
    """These months, one after the other; three statements."""
    bases = queries.health_bases_of(Span(months[0], month_of(months[-1]).last))
    standing = queries.standing_summaries(months, is_test=is_test)
    latest = queries.latest_summaries(months)
    shown = []
    for month in months:
        health = health_of_month(bases[month]) if bases.get(month) else None
        told = standing.get(month)
        shown.append(
            Month(
                month=month,
                health=health,
                due_on=summary_due_on(month, _holidays(month)),
                delivery=latest.get(month),
                is_told=told is not None,
                is_outdated=told is not None and told.contribution != health,
            )
        )
    return shown
