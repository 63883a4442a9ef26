"""What is asked of dated figures."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.periods import Span
from jobsearch.rates.models import EmployerSetting, RateEntry
from jobsearch.rates.own.models import OwnRate
from jobsearch.rates.own.rules import ProposalState
from jobsearch.rates.rules import RATE_NAMES, RateKey, RateRow, RateTable, gaps


def load_rate_table() -> RateTable:
    """Every figure, those that ship and the provider's own that are in use, in two queries.

    The table itself picks by day and refuses gaps.
    """
    shipped = select(RateEntry).order_by(RateEntry.key, RateEntry.valid_from)
    own = (
        select(OwnRate)
        .where(OwnRate.state == ProposalState.APPROVED)
        .order_by(OwnRate.key, OwnRate.valid_from)
    )
    entries = (*db.session.scalars(shipped), *db.session.scalars(own))
    return RateTable(tuple(entry.as_row() for entry in entries))


def find_employer_setting(organisation_id: str, year: int) -> EmployerSetting | None:
    """The employer's own figures of a year of payment, or None."""
    statement = select(EmployerSetting).where(
        EmployerSetting.organisation_id == organisation_id, EmployerSetting.year == year
    )
    return db.session.scalar(statement)


@dataclass(frozen=True, slots=True)
class RateLine:
    """Some days of a figure: its row, or None where nothing is known.

    `is_overridden`: on some of its days a figure of the provider's own goes before it.
    """

    days: Span
    row: RateRow | None
    is_overridden: bool = False


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
    rows = [row for row in table.rows if row.key is key]
    own = [row.valid for row in rows if row.is_own]
    lines = [
        RateLine(row.valid, row, not row.is_own and any(row.valid.overlaps(days) for days in own))
        for row in rows
    ]
    lines += [RateLine(days, None) for days in gaps(table.rows, key, until)]
    lines.sort(key=lambda line: line.days.first, reverse=True)
    return RateHistory(key, RATE_NAMES[key], tuple(lines))
