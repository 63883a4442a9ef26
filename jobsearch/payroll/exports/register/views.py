"""Pages of the Incomes Register: what is due, settings, and each file with its answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.payroll.exports.register import queries, service
from jobsearch.payroll.exports.register.forms import AnswerForm, DeliveryForm, SenderForm
from jobsearch.payroll.exports.register.overview import load_overview
from jobsearch.payroll.exports.register.rules import KIND_NAMES, STATE_NAMES
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, reads_each, render, render_invalid, see_other

blueprint = Blueprint("payroll_register", __name__, url_prefix="/incomes-register")
_WORDS = {"kinds": KIND_NAMES, "states": STATE_NAMES}
_LIST = "payroll_register/list_deliveries.html"
_ONE = "payroll_register/show_delivery.html"


@blueprint.get("")
@needs(Permission.PAYROLL_READ)
def list_deliveries() -> ResponseReturnValue:
    """What is to be reported and by when, and the files that were made."""
    return _list(None, render)


def _list(form: Form | None, answer: Callable[..., Any]) -> ResponseReturnValue:
    overview = load_overview(current_actor().organisation_id)
    result: ResponseReturnValue = answer(_LIST, overview=overview, form=form, **_WORDS)
    return result


@blueprint.post("/runs/<key:run_id>")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def report_wages(run_id: str) -> ResponseReturnValue:
    """Make the files of a run, by a sign-in proven just now."""
    form = Form()
    if not form.attempt(service.make_wage_reports, current_actor(), run_id):
        return _list(form, render_invalid)
    flash(_("The file is made. Download it and upload it to the Incomes Register."))
    return see_other("payroll_register.show_delivery", delivery_id=form.result[0].id)


@blueprint.post("/months/<int:year>/<int:month>")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def report_month(year: int, month: int) -> ResponseReturnValue:
    """Make the separate report of a month, by a sign-in proven just now."""
    if not (2021 <= year <= 2100 and 1 <= month <= 12):
        raise NotVisible
    form = Form()
    if not form.attempt(service.make_summary, current_actor(), date(year, month, 1)):
        return _list(form, render_invalid)
    flash(_("The file is made. Download it and upload it to the Incomes Register."))
    return see_other("payroll_register.show_delivery", delivery_id=form.result.id)


@blueprint.get("/files/<key:delivery_id>")
@needs(Permission.PAYROLL_READ)
def show_delivery(delivery_id: str) -> ResponseReturnValue:
    """A file with its state and what the register answered."""
    return _show(delivery_id, None, render)


def _show(delivery_id: str, form: Form | None, answer: Callable[..., Any]) -> ResponseReturnValue:
    delivery = queries.get_delivery(delivery_id)
    reads_each(queries.people_in(delivery), Look.REGISTER_FILE)
    shown = {"delivery": delivery, "names": queries.list_names(delivery), "form": form}
    given = form if isinstance(form, AnswerForm) else AnswerForm(formdata=None)
    result: ResponseReturnValue = answer(_ONE, answer_form=given, **shown, **_WORDS)
    return result


@blueprint.get("/files/<key:delivery_id>.xml")
@needs(Permission.PAYROLL_WRITE, fresh=True)
@heavy
def download_delivery(delivery_id: str) -> ResponseReturnValue:
    """The file as it was made."""
    delivery = queries.get_delivery(delivery_id)
    reads_each(queries.people_in(delivery), Look.REGISTER_FILE)
    name = f"{delivery.kind.value}-{delivery.id}.xml"
    return download(queries.content_of(delivery), name, "application/xml")


@blueprint.post("/files/<key:delivery_id>/delivered")
@needs(Permission.PAYROLL_WRITE)
def mark_delivered(delivery_id: str) -> ResponseReturnValue:
    """Say that the file was uploaded."""
    form = DeliveryForm()
    if not form.attempt(service.mark_delivered, delivery_id, form.seen()):
        return _show(delivery_id, form, render_invalid)
    flash(_("Marked as delivered. Read the answer here when the register has given it."))
    return see_other("payroll_register.show_delivery", delivery_id=delivery_id)


@blueprint.post("/files/<key:delivery_id>/answer")
@needs(Permission.PAYROLL_WRITE)
def take_answer(delivery_id: str) -> ResponseReturnValue:
    """Read the register's answer."""
    form = AnswerForm()
    if not form.attempt(service.take_answer, delivery_id, form.content()):
        return _show(delivery_id, form, render_invalid)
    flash(_("The answer is read."))
    return see_other("payroll_register.show_delivery", delivery_id=delivery_id)


@blueprint.post("/files/<key:delivery_id>/cancel")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def cancel_reports(delivery_id: str) -> ResponseReturnValue:
    """Make the file that cancels what was told, by a sign-in proven just now."""
    form = Form()
    if not form.attempt(service.cancel_reports, current_actor(), delivery_id):
        return _show(delivery_id, form, render_invalid)
    flash(_("The cancellation is made. Upload it; then make a new file."))
    return see_other("payroll_register.show_delivery", delivery_id=form.result.id)


@blueprint.get("/settings")
@needs(Permission.PAYROLL_WRITE)
def edit_settings() -> ResponseReturnValue:
    """How the employer reports."""
    kept = queries.find_settings(current_actor().organisation_id)
    form = SenderForm(formdata=None, obj=kept)
    return render("payroll_register/edit_settings.html", form=form, kept=kept)


@blueprint.post("/settings")
@needs(Permission.PAYROLL_WRITE)
def keep_settings() -> ResponseReturnValue:
    """Keep it."""
    form = SenderForm()

    def keep() -> object:
        return service.keep_settings(current_actor(), *form.wanted())

    if not form.attempt(keep):
        kept = queries.find_settings(current_actor().organisation_id)
        return render_invalid("payroll_register/edit_settings.html", form=form, kept=kept)
    flash(_("Saved."))
    return see_other("payroll_register.list_deliveries")


@blueprint.post("/production/<int:on>")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def turn_production(on: int) -> ResponseReturnValue:
    """Files are meant from now on (1), or are tests again (0), by a sign-in proven just now."""
    form = Form()
    if not form.attempt(service.turn_production, current_actor(), on=bool(on)):
        return _list(form, render_invalid)
    flash(_("Files are meant from now on.") if on else _("Files are tests from now on."))
    return see_other("payroll_register.list_deliveries")
