"""What is asked of a run for the books."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from sqlalchemy import func, select

from jobsearch.core.db import db
from jobsearch.core.files import get as get_file
from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.queries import find_bank_file
from jobsearch.payroll.exports.books.models import LedgerAccount
from jobsearch.payroll.exports.books.rules import (
    USUAL_ACCOUNTS,
    BookedLine,
    Comparison,
    JournalLine,
    Post,
    Sums,
    compare,
    make_journal,
)
from jobsearch.payroll.exports.register.models import RegisterDelivery, RegisterReport
from jobsearch.payroll.exports.register.rules import DeliveryKind
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.queries import get_run

_PAID = frozenset({"201", "203", "213", "216", "234", "353"})


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
    run, lines = get_run(run_id), _lines(run_id)
    return RunInBooks(run, make_journal(lines), list_accounts(), compare(lines, _sums(run_id)))


def compare_run(run_id: str) -> list[Comparison]:
    """The sums of a run, each against another source."""
    return compare(_lines(run_id), _sums(run_id))


def _lines(run_id: str) -> list[BookedLine]:
    statement = (
        select(
            PayLineRow.item,
            PayLineRow.kind,
            PayLineRow.amount,
            PayLineRow.minutes,
            PayLineRow.hourly,
        )
        .join(Payslip, Payslip.id == PayLineRow.payslip_id)
        .where(Payslip.pay_run_id == run_id)
        .order_by(Payslip.position, PayLineRow.position)
    )
    return [BookedLine(*row) for row in db.session.execute(statement)]


def _sums(run_id: str) -> Sums:
    columns = (
        Payslip.gross,
        Payslip.deductions,
        Payslip.reimbursements,
        Payslip.distraint,
        Payslip.to_account,
        Payslip.employer_total,
    )
    statement = select(*(func.sum(column) for column in columns)).where(
        Payslip.pay_run_id == run_id
    )
    gross, deductions, reimbursements, distraint, to_account, total = (
        sum_ or Money.zero() for sum_ in db.session.execute(statement).one()
    )
    file = find_bank_file(run_id)
    return Sums(
        gross=gross,
        deductions=deductions,
        reimbursements=reimbursements,
        distraint=distraint,
        to_account=to_account,
        employer_total=total,
        bank_file=_in_bank_file(bytes(get_file(file.file_id).content)) if file else None,
        told=_told_of(run_id),
        reported=_reported(run_id),
    )


def _in_bank_file(content: bytes) -> Money:
    """What the file itself pays, read back from its bytes."""
    amounts = (
        part.text or "0"
        for _event, part in etree.iterparse(BytesIO(content))
        if etree.QName(part).localname == "InstdAmt"
    )
    return Money.total(Money.of(amount) for amount in amounts)


def _told_of(run_id: str) -> Money:
    """Gross pay and reimbursements of the payslips that standing reports tell of."""
    statement = (
        select(func.sum(Payslip.gross), func.sum(Payslip.reimbursements))
        .join(RegisterReport, RegisterReport.payslip_id == Payslip.id)
        .where(Payslip.pay_run_id == run_id, RegisterReport.cancelled_at.is_(None))
    )
    return Money.total(part for part in db.session.execute(statement).one() if part)


def _reported(run_id: str) -> Money | None:
    """What standing reports tell of the run, read back from their files; None without any."""
    statement = (
        select(RegisterDelivery.file_id, RegisterReport.id)
        .join(RegisterReport, RegisterReport.delivery_id == RegisterDelivery.id)
        .where(
            RegisterDelivery.pay_run_id == run_id,
            RegisterDelivery.kind == DeliveryKind.WAGES,
            RegisterReport.cancelled_at.is_(None),
        )
        .order_by(RegisterDelivery.id, RegisterReport.position)
    )
    standing: dict[str, set[str]] = {}
    for file_id, report_id in db.session.execute(statement):
        standing.setdefault(file_id, set()).add(report_id)
    if not standing:
        return None
    return Money.total(_told(file_id, reports) for file_id, reports in standing.items())


def _told(file_id: str, reports: set[str]) -> Money:
    root = etree.parse(BytesIO(bytes(get_file(file_id).content))).getroot()
    return Money.total(
        Money.of(basic.findtext("Amount") or "0")
        for report in root.iter("Report")
        if report.findtext("ReportData/ReportId") in reports
        for basic in report.iter("TransactionBasic")
        if basic.findtext("TransactionCode") in _PAID
    )


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
