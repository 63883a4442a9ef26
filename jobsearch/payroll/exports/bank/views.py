"""Pages of the bank: the employer's account, and the file of a run."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.payroll.exports.bank import queries, service
from jobsearch.payroll.exports.bank.forms import PayerForm
from jobsearch.payroll.pay.queries import list_payees
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, reads_each, render, render_invalid, see_other

blueprint = Blueprint("payroll_bank", __name__)


@blueprint.get("/pay-runs/<key:run_id>/bank-file")
@needs(Permission.PAYROLL_READ)
def show_file(run_id: str) -> ResponseReturnValue:
    """The file of a run, or what it would pay."""
    reads_each(list_payees(run_id), Look.BANK_FILE)
    return render("payroll_bank/show_file.html", shown=queries.show_run_at_bank(run_id), form=None)


@blueprint.post("/pay-runs/<key:run_id>/bank-file")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def make_file(run_id: str) -> ResponseReturnValue:
    """Make the file, once, by a sign-in proven just now."""
    form = Form()
    if not form.attempt(service.make_bank_file, current_actor(), run_id):
        shown = queries.show_run_at_bank(run_id)
        return render_invalid("payroll_bank/show_file.html", shown=shown, form=form)
    flash(_("The file is made. Download it and give it to the bank."))
    return see_other("payroll_bank.show_file", run_id=run_id)


@blueprint.get("/pay-runs/<key:run_id>/bank-file.xml")
@needs(Permission.PAYROLL_WRITE, fresh=True)
@heavy
def download_file(run_id: str) -> ResponseReturnValue:
    """The file as it was made."""
    file = queries.find_bank_file(run_id)
    if file is None:
        raise NotVisible
    reads_each(list_payees(run_id), Look.BANK_FILE)
    return download(queries.content_of(file), f"{file.message_id}.xml", "application/xml")


@blueprint.get("/employer-account")
@needs(Permission.PAYROLL_WRITE)
def edit_payer() -> ResponseReturnValue:
    """The account that the employer pays from."""
    payer = queries.find_payer_account(current_actor().organisation_id)
    return render("payroll_bank/edit_payer.html", form=PayerForm(formdata=None, obj=payer))


@blueprint.post("/employer-account")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def keep_payer() -> ResponseReturnValue:
    """Keep it, by a sign-in proven just now."""
    form = PayerForm()

    def keep() -> object:
        return service.keep_payer_account(current_actor(), *form.wanted())

    if not form.attempt(keep):
        return render_invalid("payroll_bank/edit_payer.html", form=form)
    flash(_("The account is saved."))
    return see_other("payroll_pay.list_runs")
