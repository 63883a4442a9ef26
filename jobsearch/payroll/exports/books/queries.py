"""What is asked of a run for the books."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from jobsearch.core.db import db
from jobsearch.payroll.exports.books.models import LedgerAccount
from jobsearch.payroll.exports.books.rules import (
    USUAL_ACCOUNTS,
    Comparison,
    JournalLine,
    Post,
    compare,
    make_journal,
)
from jobsearch.payroll.exports.books.sources import load_booked
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run


@dataclass(frozen=True, slots=True)
class RunInBooks:
    """A run as the books see it: its journal with accounts, and the sums compared."""

    run: PayRun
    journal: Sequence[JournalLine]
    accounts: dict[Post, str]
    comparisons: Sequence[Comparison]

    @property
    def agrees(self) -> bool:
        """Whether no two sums differ."""
        return not any(one.differs for one in self.comparisons)


def show_run_in_books(run_id: str) -> RunInBooks:
    """A run as the books see it. Raises NotVisible."""
    run = get_run(run_id)
    booked = load_booked([run_id])[run_id]
    comparisons = compare(booked.lines, booked.sums)
    return RunInBooks(run, make_journal(booked.lines), list_accounts(), comparisons)


def compare_run(run_id: str) -> list[Comparison]:
    """The sums of a run, each against another source."""
    booked = load_booked([run_id])[run_id]
    return compare(booked.lines, booked.sums)


def list_accounts() -> dict[Post, str]:
    """On which account each post is booked: the employer's own, else the usual one."""
    rows = db.session.scalars(select(LedgerAccount).order_by(LedgerAccount.post))
    return dict(USUAL_ACCOUNTS) | {row.post: row.number for row in rows}


def list_kept_accounts() -> dict[Post, LedgerAccount]:
    """The employer's own accounts."""
    rows = db.session.scalars(select(LedgerAccount).order_by(LedgerAccount.post))
    return {row.post: row for row in rows}


def list_items(run_id: str) -> list[tuple[Payslip, Sequence[PayLineRow]]]:
    """The payslips of a run with their lines, by name."""
    from_slips = (
        select(Payslip, PayLineRow)
        .join(PayLineRow, PayLineRow.payslip_id == Payslip.id)
        .where(Payslip.pay_run_id == run_id)
        .order_by(Payslip.position, Payslip.id, PayLineRow.position)
    )
    found: dict[str, tuple[Payslip, list[PayLineRow]]] = {}
    for slip, line in db.session.execute(from_slips):
        found.setdefault(slip.id, (slip, []))[1].append(line)
    return list(found.values())
