"""Pages of other payroll systems: hand a run over, and under which codes they know items."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.payroll.exports.others import queries, service
from jobsearch.payroll.exports.others.forms import CodesForm, HandOverForm
from jobsearch.payroll.exports.others.rules import ENDINGS, SYSTEM_NAMES, HandedItem
from jobsearch.payroll.pay.queries import list_payees
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, reads_each, render, render_invalid, see_other

blueprint = Blueprint("payroll_others", __name__)


@blueprint.get("/pay-runs/<key:run_id>/hand-over")
@needs(Permission.PAYROLL_READ)
def show_run(run_id: str) -> ResponseReturnValue:
    """What another payroll system is handed of a run, or was."""
    return _show(run_id, HandOverForm(formdata=None), render)


def _show(run_id: str, form: HandOverForm, answer: Callable[..., Any]) -> ResponseReturnValue:
    shown = queries.show_run_to_hand(run_id)
    template = "payroll_others/show_run.html"
    result: ResponseReturnValue = answer(template, shown=shown, form=form, systems=SYSTEM_NAMES)
    return result


@blueprint.post("/pay-runs/<key:run_id>/hand-over")
@needs(Permission.PAYROLL_WRITE, fresh=True)
@heavy
def hand_over(run_id: str) -> ResponseReturnValue:
    """Make the file, once, by a sign-in proven just now; with it the run ends."""
    form = HandOverForm()

    def hand() -> object:
        return service.hand_over(current_actor(), run_id, form.seen(), form.wanted())

    if not form.attempt(hand):
        return _show(run_id, form, render_invalid)
    flash(_("The pay run is handed over. Download the file and give it to the other system."))
    return see_other("payroll_others.show_run", run_id=run_id)


@blueprint.get("/pay-runs/<key:run_id>/hand-over/file")
@needs(Permission.PAYROLL_WRITE, fresh=True)
@heavy
def download_file(run_id: str) -> ResponseReturnValue:
    """The file as it was made."""
    file, content = queries.get_content(run_id)
    reads_each(list_payees(run_id), Look.PAY_FILE)
    ending, kind = ENDINGS[file.system]
    return download(content, f"{file.system.value}-{run_id}.{ending}", kind)


@blueprint.get("/pay-codes")
@needs(Permission.PAYROLL_WRITE)
def edit_codes() -> ResponseReturnValue:
    """Under which code the other system knows each item."""
    form = CodesForm.of(queries.list_codes())
    return render("payroll_others/edit_codes.html", form=form, items=list(HandedItem))


@blueprint.post("/pay-codes")
@needs(Permission.PAYROLL_WRITE)
def keep_codes() -> ResponseReturnValue:
    """Keep it."""
    form = CodesForm()

    def keep() -> None:
        service.keep_codes(current_actor(), form.wanted())

    if not form.attempt(keep):
        items = list(HandedItem)
        return render_invalid("payroll_others/edit_codes.html", form=form, items=items)
    flash(_("The codes are saved."))
    return see_other("payroll_pay.list_runs")
