"""Writes a computed run: its payslips, their lines, and which bonuses they pay."""

from typing import Any

from sqlalchemy import insert

from jobsearch.core.db import db
from jobsearch.core.tokens import new_key
from jobsearch.payroll.bonus.service import put_on_payslips
from jobsearch.payroll.contracts.rules import mask_account
from jobsearch.payroll.pay.drafting import Draft, DraftSlip
from jobsearch.payroll.pay.lines import Item, PayLine
from jobsearch.payroll.pay.models import PayLineRow, PayRun, Payslip


def keep_payslips(run: PayRun, draft: Draft) -> None:
    """Write the payslips and their lines, two statements at any size."""
    slips, lines, bonuses = [], [], []
    for position, slip in enumerate(draft.slips, 1):
        key = new_key()
        bonuses += [(key, bonus_id) for bonus_id in slip.bonus_ids]
        slips.append(_slip_row(run, slip, key, position))
        lines += [
            _line_row(run, key, place, line) for place, line in enumerate(slip.figures.lines, 1)
        ]
    if slips:
        # every row with every column, or each shape of row becomes a statement of its own
        whole = {"render_nulls": True}
        db.session.execute(insert(Payslip), slips, execution_options=whole)
        db.session.execute(insert(PayLineRow), lines, execution_options=whole)
    put_on_payslips(run.organisation_id, bonuses)


def _slip_row(run: PayRun, slip: DraftSlip, key: str, position: int) -> dict[str, Any]:
    person, figures = slip.employment.person, slip.figures
    return {
        "id": key,
        "organisation_id": run.organisation_id,
        "pay_run_id": run.id,
        "employment_id": slip.employment.id,
        "person_id": person.id,
        "kind": run.kind,
        "period_first": slip.period.first,
        "period_last": slip.period.last,
        "pays_on": run.pays_on,
        "counts_on": slip.correction.counts_on if slip.correction else run.pays_on,
        "corrects_id": slip.correction.root_id if slip.correction else None,
        "correction_no": slip.correction.number if slip.correction else None,
        "restates_id": slip.correction.restates_id if slip.correction else None,
        "position": position,
        "employee_name": person.full_name,
        "masked_account": mask_account(slip.account) if slip.account else None,
        "account": slip.account,
        "language": person.language,
        "paid_minutes": slip.paid_minutes,
        "wage": figures.of(Item.WAGE),
        "gross": figures.gross,
        "tax": figures.of(Item.TAX),
        "pension": figures.of(Item.PENSION_EMPLOYEE),
        "unemployment": figures.of(Item.UNEMPLOYMENT_EMPLOYEE),
        "deductions": figures.deductions,
        "net": figures.net,
        "reimbursements": figures.reimbursements,
        "distraint": figures.distraint,
        "to_account": figures.to_account,
        "contributions": figures.contributions,
        "health_employer": figures.of(Item.HEALTH_EMPLOYER),
        "employer_total": figures.employer_total,
        "pension_base": figures.pension_base,
    }


def _line_row(run: PayRun, payslip_id: str, position: int, line: PayLine) -> dict[str, Any]:
    return {
        "id": new_key(),
        "organisation_id": run.organisation_id,
        "payslip_id": payslip_id,
        "position": position,
        "item": line.item,
        "kind": line.kind,
        "code": line.code,
        "minutes": line.minutes,
        "hourly": line.hourly,
        "rate_bp": line.rate.basis_points if line.rate else None,
        "base": line.base,
        "amount": line.amount,
        "reverses_id": line.reverses_id,
        "explanation": line.explanation.text,
        "gaps": line.explanation.gaps_as_json(),
    }
