"""What each source says of runs: payslips, their lines, bank files, and files for the register."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from jobsearch.core.db import db
from jobsearch.core.files import StoredFile
from jobsearch.core.money import Money
from jobsearch.payroll.exports.bank.models import BankFile
from jobsearch.payroll.exports.books.rules import BookedLine, Sums
from jobsearch.payroll.exports.register.models import RegisterDelivery, RegisterReport
from jobsearch.payroll.exports.register.rules import DeliveryKind
from jobsearch.payroll.pay.models import PayLineRow, Payslip

_PAID = frozenset({"201", "203", "213", "216", "234", "353"})
_SUMMED = (
    Payslip.gross,
    Payslip.deductions,
    Payslip.reimbursements,
    Payslip.distraint,
    Payslip.to_account,
    Payslip.employer_total,
)


@dataclass(frozen=True, slots=True)
class Booked:
    """A run's lines, and its sums as each source has them."""

    lines: Sequence[BookedLine]
    sums: Sums


def load_booked(run_ids: Collection[str]) -> dict[str, Booked]:
    """What the sources say of these runs; six statements at any number of them."""
    lines, sums, files = _lines(run_ids), _slips(run_ids), _bank_files(run_ids)
    told, reported, owed = _told_of(run_ids), _reported(run_ids), _owed(run_ids)
    zero = (Money.zero(),) * len(_SUMMED)
    found = {}
    for run_id in run_ids:
        gross, deductions, reimbursements, distraint, to_account, total = sums.get(run_id, zero)
        found[run_id] = Booked(
            lines[run_id],
            Sums(
                gross=gross,
                deductions=deductions,
                reimbursements=reimbursements,
                distraint=distraint,
                to_account=to_account,
                owed=owed.get(run_id, Money.zero()),
                employer_total=total,
                bank_file=files.get(run_id),
                told=told.get(run_id, Money.zero()),
                reported=reported.get(run_id),
            ),
        )
    return found


def _lines(run_ids: Collection[str]) -> Mapping[str, list[BookedLine]]:
    statement = (
        select(
            Payslip.pay_run_id,
            PayLineRow.item,
            PayLineRow.kind,
            PayLineRow.amount,
            PayLineRow.minutes,
            PayLineRow.hourly,
            PayLineRow.payslip_id,
        )
        .join(Payslip, Payslip.id == PayLineRow.payslip_id)
        .where(Payslip.pay_run_id.in_(sorted(run_ids)))
        .order_by(Payslip.position, PayLineRow.position)
    )
    found: defaultdict[str, list[BookedLine]] = defaultdict(list)
    for row in db.session.execute(statement):
        found[row[0]].append(BookedLine(*row[1:]))
    return found


def _slips(run_ids: Collection[str]) -> dict[str, tuple[Money, ...]]:
    statement = (
        select(Payslip.pay_run_id, *(func.sum(column) for column in _SUMMED))
        .where(Payslip.pay_run_id.in_(sorted(run_ids)))
        .group_by(Payslip.pay_run_id)
    )
    return {run_id: tuple(sums) for run_id, *sums in db.session.execute(statement)}


def _owed(run_ids: Collection[str]) -> dict[str, Money]:
    """What people owe who were paid too much, above zero."""
    statement = (
        select(Payslip.pay_run_id, func.sum(Payslip.to_account))
        .where(Payslip.pay_run_id.in_(sorted(run_ids)), Payslip.to_account < Money.zero())
        .group_by(Payslip.pay_run_id)
    )
    return {run_id: -less for run_id, less in db.session.execute(statement)}


def _bank_files(run_ids: Collection[str]) -> dict[str, Money]:
    """What the bank's files themselves pay, read back from their bytes."""
    statement = (
        select(BankFile.pay_run_id, StoredFile.content)
        .join(StoredFile, StoredFile.id == BankFile.file_id)
        .where(BankFile.pay_run_id.in_(sorted(run_ids)))
    )
    return {run_id: _in_bank_file(content) for run_id, content in db.session.execute(statement)}


def _in_bank_file(content: bytes) -> Money:
    amounts = (
        part.text or "0"
        for _event, part in etree.iterparse(BytesIO(content))
        if etree.QName(part).localname == "InstdAmt"
    )
    return Money.total(Money.of(amount) for amount in amounts)


def _told_of(run_ids: Collection[str]) -> dict[str, Money]:
    """Gross pay and reimbursements of the payments that standing reports tell of, with the
    corrections that the reports cover."""
    payment = aliased(Payslip)
    is_covered = and_(
        Payslip.restates_id == payment.id, Payslip.correction_no <= RegisterReport.covers
    )
    statement = (
        select(payment.pay_run_id, func.sum(Payslip.gross), func.sum(Payslip.reimbursements))
        .select_from(RegisterReport)
        .join(payment, payment.id == RegisterReport.payslip_id)
        .join(Payslip, or_(Payslip.id == payment.id, is_covered))
        .where(payment.pay_run_id.in_(sorted(run_ids)), RegisterReport.cancelled_at.is_(None))
        .group_by(payment.pay_run_id)
    )
    return {run_id: gross + paid_back for run_id, gross, paid_back in db.session.execute(statement)}


def _reported(run_ids: Collection[str]) -> dict[str, Money]:
    """What standing reports tell of runs, read back from their files; nothing without any."""
    statement = (
        select(RegisterDelivery.pay_run_id, RegisterDelivery.file_id, RegisterReport.reference)
        .join(RegisterReport, RegisterReport.delivery_id == RegisterDelivery.id)
        .where(
            RegisterDelivery.pay_run_id.in_(sorted(run_ids)),
            RegisterDelivery.kind == DeliveryKind.WAGES,
            RegisterReport.cancelled_at.is_(None),
        )
        .order_by(RegisterDelivery.id, RegisterReport.position)
    )
    standing: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for run_id, file_id, reference in db.session.execute(statement):
        standing[run_id or "", file_id].add(reference)
    if not standing:
        return {}
    contents = _contents({file_id for _run_id, file_id in standing})
    found: defaultdict[str, Money] = defaultdict(Money.zero)
    for (run_id, file_id), reports in standing.items():
        found[run_id] += _told(contents[file_id], reports)
    return found


def _contents(file_ids: Collection[str]) -> dict[str, bytes]:
    statement = select(StoredFile.id, StoredFile.content).where(StoredFile.id.in_(sorted(file_ids)))
    return {key: bytes(content) for key, content in db.session.execute(statement)}


def _told(content: bytes, reports: set[str]) -> Money:
    root = etree.parse(BytesIO(content)).getroot()
    return Money.total(
        Money.of(basic.findtext("Amount") or "0")
        for report in root.iter("Report")
        if report.findtext("ReportData/ReportId") in reports
        for basic in report.iter("TransactionBasic")
        if basic.findtext("TransactionCode") in _PAID
    )
