"""Pages of the books: a run's journal with its sums compared, files, and the accounts."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.payroll.exports.books import exports, queries, service
from jobsearch.payroll.exports.books.forms import AccountsForm
from jobsearch.payroll.exports.books.rules import POST_NAMES, Post
from jobsearch.payroll.pay.queries import get_run, list_payees
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, reads_each, render, render_invalid, see_other

blueprint = Blueprint("payroll_books", __name__)


@blueprint.get("/pay-runs/<key:run_id>/books")
@needs(Permission.PAYROLL_READ)
def show_run(run_id: str) -> ResponseReturnValue:
    """A run's journal, and whether its sums agree."""
    shown = queries.show_run_in_books(run_id)
    return render("payroll_books/show_run.html", shown=shown, names=POST_NAMES)


@blueprint.get("/pay-runs/<key:run_id>/journal.csv")
@needs(Permission.PAYROLL_READ)
@heavy
def download_journal(run_id: str) -> ResponseReturnValue:
    """The journal for bookkeeping."""
    shown = queries.show_run_in_books(run_id)
    name = _("Journal %(day)s", day=shown.run.pays_on.isoformat())
    return download(exports.journal_csv(shown), f"{name}.csv", exports.MEDIA_TYPE)


@blueprint.get("/pay-runs/<key:run_id>/items.csv")
@needs(Permission.PAYROLL_READ, fresh=True)
@heavy
def download_items(run_id: str) -> ResponseReturnValue:
    """Hours and items for another payroll system."""
    run = get_run(run_id)
    reads_each(list_payees(run_id), Look.PAY_FILE)
    name = _("Pay items %(day)s", day=run.pays_on.isoformat())
    return download(exports.items_csv(run.id), f"{name}.csv", exports.MEDIA_TYPE)


@blueprint.get("/ledger-accounts")
@needs(Permission.PAYROLL_WRITE)
def edit_accounts() -> ResponseReturnValue:
    """On which account each post is booked."""
    form = AccountsForm.of(queries.list_accounts())
    return render("payroll_books/edit_accounts.html", form=form, posts=list(Post))


@blueprint.post("/ledger-accounts")
@needs(Permission.PAYROLL_WRITE)
def keep_accounts() -> ResponseReturnValue:
    """Keep it."""
    form = AccountsForm()

    def keep() -> None:
        service.keep_accounts(current_actor(), form.wanted())

    if not form.attempt(keep):
        return render_invalid("payroll_books/edit_accounts.html", form=form, posts=list(Post))
    flash(_("The accounts are saved."))
    return see_other("payroll_pay.list_runs")
