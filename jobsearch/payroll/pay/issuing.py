"""Issues payslips: each is drawn once, stored as bytes, and never drawn again."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import insert, update

from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.core.files import StoredFile
from jobsearch.core.money import Money, Rate
from jobsearch.core.text import mark as N_
from jobsearch.core.tokens import new_key
from jobsearch.organisations.models import Organisation
from jobsearch.payroll.pay.document import PayslipDocument, PayslipDocumentLine, YearToDate
from jobsearch.payroll.pay.lines import ITEMS, TAKEN, LineKind
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.pdf import payslip_pdf
from jobsearch.payroll.pay.queries import Earlier, earlier_payments
from jobsearch.payroll.pay.wording import say, speaking, word

_BATCH = 50  # documents held in memory at once
_NOTES = (
    N_("Payslip by the Employment Contracts Act, chapter 2, section 16."),
    N_("Contributions and withholding follow the rates in force on the day of payment."),
    N_("The employer's contributions are shown as information; they are not taken from the pay."),
)


def issue_payslips(run: PayRun, slips: Sequence[Payslip]) -> None:
    """Draw and store the PDF of every payslip; a few statements for each fifty."""
    organisation = db.session.get_one(Organisation, run.organisation_id)
    earlier = earlier_payments({slip.person_id for slip in slips}, run.pays_on, run.id)
    for batch in _batches(slips):
        files, links = [], []
        for slip in batch:
            document = payslip_document(slip, organisation, earlier.get(slip.person_id, []))
            with speaking(slip.language):
                content = payslip_pdf(document)
            files.append(_file(run.organisation_id, content))
            links.append({"id": slip.id, "file_id": files[-1]["id"]})
        db.session.execute(insert(StoredFile), files)
        db.session.execute(update(Payslip), links)


def _batches(slips: Sequence[Payslip]) -> Iterator[Sequence[Payslip]]:
    for start in range(0, len(slips), _BATCH):
        yield slips[start : start + _BATCH]


def _file(organisation_id: str, content: bytes) -> dict[str, Any]:
    return {
        "id": new_key(),
        "organisation_id": organisation_id,
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": "application/pdf",
        "size_bytes": len(content),
        "content": content,
        "stored_at": now(),
    }


def payslip_document(
    slip: Payslip, organisation: Organisation, earlier: Sequence[Earlier]
) -> PayslipDocument:
    """What the payslip prints, in the participant's language; `earlier` is this year's pay."""
    lines = {
        kind: tuple(_line(line, slip.language) for line in slip.lines if line.kind is kind)
        for kind in LineKind
    }
    return PayslipDocument(
        language=slip.language,
        reference=slip.id,
        employer_name=organisation.name,
        employer_business_id=organisation.business_id or "",
        employee_name=slip.employee_name,
        period=slip.period,
        pays_on=slip.pays_on,
        earnings=lines[LineKind.EARNING],
        gross=slip.gross,
        deductions=lines[LineKind.DEDUCTION],
        deductions_total=-slip.deductions,
        net=slip.net,
        reimbursements=lines[LineKind.REIMBURSEMENT],
        to_account=slip.to_account,
        masked_iban=slip.masked_account,
        employer_lines=lines[LineKind.EMPLOYER],
        employer_total=slip.employer_total,
        year_to_date=_year_to_date(slip, earlier),
        after_net=lines[LineKind.AFTER_NET],
        notes=tuple(word(note, slip.language) for note in _NOTES),
        is_demo=organisation.demo_since is not None,
    )


def _line(line: PayLineRow, language: str) -> PayslipDocumentLine:
    is_deduction = line.kind in TAKEN
    return PayslipDocumentLine(
        code=line.code if line.kind is not LineKind.EMPLOYER else "",
        label=word(ITEMS[line.item].label, language),
        explanation=say(line.sentence, language),
        amount=-line.amount if is_deduction else line.amount,
        minutes=line.minutes,
        hourly=line.hourly,
        rate=None if line.rate_bp is None else Rate(line.rate_bp),
        base=line.base,
    )


def _year_to_date(slip: Payslip, earlier: Sequence[Earlier]) -> YearToDate:
    payments = [payment for payment in earlier if payment.pays_on <= slip.pays_on]

    def total(name: str) -> Money:
        return Money.total([getattr(slip, name), *(getattr(paid, name) for paid in payments)])

    return YearToDate(
        year=slip.pays_on.year,
        gross=total("gross"),
        tax=total("tax"),
        pension=total("pension"),
        unemployment=total("unemployment"),
        net=total("net"),
        reimbursements=total("reimbursements"),
    )
