"""What is asked before a year is closed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from jobsearch.accounts.models import Account
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import Span, year_of
from jobsearch.payroll.pay.models import PayRun
from jobsearch.payroll.pay.rules import RunState
from jobsearch.rates.queries import find_employer_setting

DONE = frozenset({RunState.REPORTED, RunState.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class YearToClose:
    """A year of payment: how many runs it has, how many are not done, and who closed it."""

    year: int
    version: int
    runs: int
    open_runs: int
    is_over: bool
    closed_at: datetime | None
    closed_by: str


def show_year(organisation_id: str, year: int) -> YearToClose:
    """A year before it is closed, or after. Raises NotVisible for one without figures."""
    setting = find_employer_setting(organisation_id, year)
    if setting is None:
        raise NotVisible
    this_day = today()
    name = select(Account.name).where(Account.id == setting.closed_by_id)
    closed_by = db.session.scalar(name) if setting.closed_by_id else None
    days = year_of(this_day.replace(year=year, day=1))
    done, still_open = _count(days, done=True), _count(days, done=False)
    return YearToClose(
        year=year,
        version=setting.version,
        runs=done + still_open,
        open_runs=still_open,
        is_over=year < this_day.year,
        closed_at=setting.closed_at,
        closed_by=closed_by or "",
    )


def _count(days: Span, *, done: bool) -> int:
    """Runs that pay on these days, done ones or the others."""
    is_done = PayRun.state.in_(sorted(DONE))
    statement = select(func.count()).select_from(PayRun)
    statement = statement.where(PayRun.pays_on.between(days.first, days.last))
    return db.session.scalar(statement.where(is_done if done else ~is_done)) or 0
