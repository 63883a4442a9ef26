"""Pages of copies: the person asks for one payslip at a time and sets its password herself."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.payroll.pay.copies import queries, service
from jobsearch.payroll.pay.copies.forms import CopyForm
from jobsearch.payroll.pay.queries import get_payslip
from jobsearch.web.addresses import absolute
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import at_most, heavy
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("payroll_copies", __name__)


@blueprint.get("/my-pay/<key:payslip_id>/copy")
@needs(Permission.MY_PAY)
def ask_copy(payslip_id: str) -> ResponseReturnValue:
    """Ask for a password for the copy."""
    return render("payroll_copies/ask_copy.html", **_page(payslip_id, CopyForm(formdata=None)))


def _page(payslip_id: str, form: CopyForm) -> dict[str, Any]:
    person_id = current_actor().person_id
    if person_id is None:
        raise NotVisible
    slip = get_payslip(payslip_id, person_id)
    return {"slip": slip, "form": form, "last": queries.find_last_copy(payslip_id)}


@blueprint.post("/my-pay/<key:payslip_id>/copy")
@needs(Permission.MY_PAY)
@at_most("20 per hour")
@heavy
def send_copy(payslip_id: str) -> ResponseReturnValue:
    """Lock the payslip with the password and send it."""
    form, page = CopyForm(), _page(payslip_id, CopyForm(formdata=None))
    words = (form.password.data or "", form.again.data or "")
    link = absolute("payroll_copies.ask_copy", payslip_id=payslip_id)
    if not form.attempt(service.send_copy, current_actor(), payslip_id, *words, link):
        return render_invalid("payroll_copies/ask_copy.html", **page | {"form": form})
    reads(page["slip"].person_id, Look.PAYSLIP_COPY)
    flash(_("The copy is on its way to your e-mail. It opens with your password."))
    return see_other("payroll_pay.show_my_payslip", payslip_id=payslip_id)
