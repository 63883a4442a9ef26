"""Pages of corrections, the clerk's alone: ask for one, withdraw it, say that money came back."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.payroll.pay.corrections import service
from jobsearch.payroll.pay.corrections.forms import CorrectionForm
from jobsearch.payroll.pay.corrections.queries import find_computed, get_correction
from jobsearch.payroll.pay.corrections.shown import show_corrections
from jobsearch.payroll.pay.queries import get_payslip
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("payroll_corrections", __name__)


@blueprint.get("/payslips/<key:payslip_id>/correct")
@needs(Permission.PAYROLL_WRITE)
def ask(payslip_id: str) -> ResponseReturnValue:
    """Ask why, what is right, and when it is paid."""
    return _ask(payslip_id, CorrectionForm(formdata=None), render)


def _ask(payslip_id: str, form: CorrectionForm, answer: Callable[..., Any]) -> ResponseReturnValue:
    slip = get_payslip(payslip_id)
    reads(slip.person_id, Look.PAYSLIP)
    shown = {"slip": slip, "form": form, "corrections": show_corrections(slip)}
    result: ResponseReturnValue = answer("payroll_corrections/ask.html", **shown)
    return result


@blueprint.post("/payslips/<key:payslip_id>/correct")
@needs(Permission.PAYROLL_WRITE)
def correct(payslip_id: str) -> ResponseReturnValue:
    """Put the correction into a run."""
    form, actor = CorrectionForm(), current_actor()

    def keep() -> object:
        given = form.data
        return service.correct_payslip(
            actor, payslip_id, given["pays_on"], given["reason"], form.right()
        )

    if not form.attempt(keep):
        return _ask(payslip_id, form, render_invalid)
    flash(_("The correction is in this pay run. Compute it, and look at what changes."))
    return see_other("payroll_pay.show_run", run_id=form.result.id)


@blueprint.post("/corrections/<key:correction_id>/withdraw")
@needs(Permission.PAYROLL_WRITE)
def withdraw(correction_id: str) -> ResponseReturnValue:
    """Take it out of its run."""
    root_id = get_correction(correction_id).root_id
    service.withdraw_correction(correction_id)
    flash(_("The correction is withdrawn."))
    return see_other("payroll_pay.show_payslip", payslip_id=root_id)


@blueprint.post("/corrections/<key:correction_id>/settled")
@needs(Permission.PAYROLL_WRITE)
def settle(correction_id: str) -> ResponseReturnValue:
    """Say that what was paid too much came back."""
    correction = service.settle_correction(current_actor(), correction_id)
    flash(_("It is noted that the money came back."))
    return see_other("payroll_pay.show_payslip", payslip_id=find_computed(correction))
