"""What is asked of dated figures."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.periods import Span
from jobsearch.rates.models import EmployerSetting, RateEntry
from jobsearch.rates.rules import RATE_NAMES, RateKey, RateRow, RateTable, gaps


def load_rate_table() -> RateTable:
    """Every figure, in one query; the table itself picks by day and refuses gaps."""
    statement = select(RateEntry).order_by(RateEntry.key, RateEntry.valid_from)
    return RateTable(tuple(entry.as_row() for entry in db.session.scalars(statement)))


def find_employer_setting(organisation_id: str, year: int) -> EmployerSetting | None:
    """The employer's own figures of a year of payment, or None."""
    statement = select(EmployerSetting).where(
        EmployerSetting.organisation_id == organisation_id, EmployerSetting.year == year
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class RateLine:
    """Some days of a figure: its row, or None where nothing is known."""

    days: Span
    row: RateRow | None


@dataclass(frozen=True, slots=True)
class RateHistory:
    """One figure through the years: what is known, and the spans where nothing is."""

    key: RateKey
    name: str
    lines: tuple[RateLine, ...]


def list_rates() -> list[RateHistory]:
    """Every figure in the order of `RateKey`: its rows and its gaps, newest first.

    Gaps are shown to the end of next year; without any figure there is nothing to show.
    """
    until = date(today().year + 1, 12, 31)
    table = load_rate_table()
    if not table.rows:
        return []
    return [_history(table, key, until) for key in RateKey]


def _history(table: RateTable, key: RateKey, until: date) -> RateHistory:
    lines = [RateLine(row.valid, row) for row in table.rows if row.key is key]
    lines += [RateLine(days, None) for days in gaps(table.rows, key, until)]
    lines.sort(key=lambda line: line.days.first, reverse=True)
    return RateHistory(key, RATE_NAMES[key], tuple(lines))
