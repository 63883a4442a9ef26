"""What a clerk has to report and by when: queries and dates together, for the page."""

from datetime import date, timedelta

from jobsearch.cohorts.calendar import holidays_of
from jobsearch.core.clock import today
from jobsearch.core.periods import month_of
from jobsearch.payroll.exports.register import queries
from jobsearch.payroll.exports.register.rules import (
    health_of_month,
    summary_due_on,
    wages_due_on,
)


def load_overview(organisation_id: str) -> queries.Overview:
    """Runs to report with their days, this month and the one before, and the latest files."""
    this_month = month_of(today()).first
    before = month_of(this_month - timedelta(days=1)).first
    return queries.Overview(
        settings=queries.find_settings(organisation_id),
        runs=[
            (run, wages_due_on(run.pays_on, holidays_of(run.pays_on.year)))
            for run in queries.list_runs_to_report()
        ],
        months=[_month(month) for month in (before, this_month)],
        deliveries=queries.list_deliveries(),
    )


def _month(month: date) -> queries.Month:
    bases = queries.health_bases(month)
    holidays = {**holidays_of(month.year), **holidays_of(month.year + 1)}
    return queries.Month(
        month=month,
        health=health_of_month(bases) if bases else None,
        due_on=summary_due_on(month, holidays),
        delivery=queries.find_summary(month),
    )
