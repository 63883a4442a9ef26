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
from jobsearch.payroll.pay.corrections.models import PayCorrection
from jobsearch.payroll.pay.corrections.queries import list_corrections
from jobsearch.payroll.pay.corrections.shown import corrected_rows
from jobsearch.payroll.pay.document import (
    CorrectionPart,
    CorrectionRow,
    PayslipDocument,
    PayslipDocumentLine,
    YearToDate,
)
from jobsearch.payroll.pay.lines import ITEMS, TAKEN, LineKind
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip
from jobsearch.payroll.pay.pdf import payslip_pdf
from jobsearch.payroll.pay.queries import Earlier, earlier_payments, list_payslips
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.sentences import Sentence
from jobsearch.payroll.pay.wording import say, speaking, word

_BATCH = 100  # payslips and documents held in memory at once
_NOTES = (
    N_("Payslip by the Employment Contracts Act, chapter 2, section 16."),
    N_("Contributions and withholding follow the rates in force on the day of payment."),
    N_("The employer's contributions are shown as information; they are not taken from the pay."),
)


_SAID_ANEW = N_("The payment is calculated again by the rates of the day on which it was paid.")
_PAYS_MORE = N_("What is due more is taxed and insured by the day of this payment.")
_OWED = N_(
    "%(sum)s was paid too much. It is not taken from later pay without your consent: agree with"
    " your employer on how it is returned."
)


def issue_payslips(run: PayRun) -> None:
    """Draw and store the PDF of every payslip of a run; a few statements for each hundred."""
    organisation = db.session.get_one(Organisation, run.organisation_id)
    corrections = _corrections(run)
    for batch in _batches(run.id):
        earlier = earlier_payments({slip.person_id for slip in batch}, run.pays_on, run.id)
        files, links = [], []
        for slip in batch:
            correction = corrections.get(slip.corrects_id or "")
            paid = earlier.get(slip.person_id, [])
            document = payslip_document(slip, organisation, paid, correction)
            with speaking(slip.language):
                content = payslip_pdf(document)
            files.append(_file(run.organisation_id, content))
            links.append({"id": slip.id, "file_id": files[-1]["id"]})
        db.session.execute(insert(StoredFile), files)
        db.session.execute(update(Payslip), links)


def _batches(run_id: str) -> Iterator[Sequence[Payslip]]:
    """The payslips of a run, a hundred at a time; the session forgets each when it is drawn."""
    start = 0
    while batch := list_payslips(run_id, start, _BATCH):
        yield batch
        for part in [*batch, *(line for slip in batch for line in slip.lines)]:
            db.session.expunge(part)
        start += len(batch)


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


def _corrections(run: PayRun) -> dict[str, PayCorrection]:
    """The corrections of a run by the payslip that was paid first."""
    if run.kind is not RunKind.CORRECTION:
        return {}
    return {one.root_id: one for one in list_corrections(run.id)}


def payslip_document(
    slip: Payslip,
    organisation: Organisation,
    earlier: Sequence[Earlier],
    correction: PayCorrection | None = None,
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
        correction=None if correction is None else _corrected(slip, correction),
        notes=tuple(word(note, slip.language) for note in _NOTES),
        is_demo=organisation.demo_since is not None,
    )


def _corrected(slip: Payslip, correction: PayCorrection) -> CorrectionPart:
    language, payment = slip.language, correction.payslip
    texts = [
        Sentence.of(
            N_("This payslip corrects the one of %(day)s (%(reference)s)."),
            day=payment.pays_on,
            reference=payment.id,
        ),
        Sentence.of(N_("Why: %(reason)s"), reason=correction.reason),
        Sentence.of(_SAID_ANEW if slip.restates_id else _PAYS_MORE),
    ]
    if slip.to_account < Money.zero():
        texts.append(Sentence.of(_OWED, sum=-slip.to_account))
    return CorrectionPart(
        tuple(say(text, language) for text in texts),
        tuple(
            CorrectionRow(word(row.label, language), row.before, row.now, row.difference)
            for row in corrected_rows(slip.lines)
        ),
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

    counts = slip.counts_on.year == slip.pays_on.year

    def total(name: str) -> Money:
        own = getattr(slip, name) if counts else Money.zero()
        return Money.total([own, *(getattr(paid, name) for paid in payments)])

    return YearToDate(
        year=slip.pays_on.year,
        gross=total("gross"),
        tax=total("tax"),
        pension=total("pension"),
        unemployment=total("unemployment"),
        net=total("net"),
        reimbursements=total("reimbursements"),
    )
