"""Pages of the wizard: choose a sheet, name its columns, look at it, take it in whole."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.core.access import Permission
from jobsearch.programmes.queries import list_programme_names
from jobsearch.recruitment.sheets import queries
from jobsearch.recruitment.sheets.wizard import service
from jobsearch.recruitment.sheets.wizard.forms import COLUMNS, ColumnsForm, SheetForm, TakeInForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other
from jobsearch.web.words import say_rule

blueprint = Blueprint("recruitment_sheets", __name__, url_prefix="/candidates/sheets")


@blueprint.get("")
@needs(Permission.RECRUITMENT_WRITE)
def list_sheets() -> ResponseReturnValue:
    """The form for a spreadsheet, and those that wait."""
    return render("recruitment/list_sheets.html", **_page(SheetForm()))


@blueprint.post("")
@needs(Permission.RECRUITMENT_WRITE)
def upload_sheet() -> ResponseReturnValue:
    """Let a spreadsheet wait, its columns recognised as far as they can be."""
    form = SheetForm()
    page = _page(form)
    values = current_actor(), form.programme_id.data or "", *form.content()
    if not form.attempt(service.upload_sheet, *values):
        return render_invalid("recruitment/list_sheets.html", **page)
    return see_other(".show_sheet", sheet_id=form.result.id)


@blueprint.get("/<key:sheet_id>")
@needs(Permission.RECRUITMENT_WRITE)
def show_sheet(sheet_id: str) -> ResponseReturnValue:
    """What the sheet would make, and all that is wrong in it."""
    return render("recruitment/show_sheet.html", **_look(sheet_id, TakeInForm()))


@blueprint.post("/<key:sheet_id>/columns")
@needs(Permission.RECRUITMENT_WRITE)
def name_columns(sheet_id: str) -> ResponseReturnValue:
    """Say what the columns hold, and look again."""
    form = ColumnsForm()
    columns = form.chosen(request.form)
    values = sheet_id, form.seen(), form.heading_row.data, columns
    if not form.attempt(service.name_columns, *values):
        return render_invalid("recruitment/show_sheet.html", **_look(sheet_id, form))
    return see_other(".show_sheet", sheet_id=sheet_id)


@blueprint.post("/<key:sheet_id>")
@needs(Permission.RECRUITMENT_WRITE)
def take_in(sheet_id: str) -> ResponseReturnValue:
    """Take in every row or none."""
    form = TakeInForm()
    if not form.attempt(service.take_in, sheet_id, leaves_out=bool(form.leaves_out.data)):
        return render_invalid("recruitment/show_sheet.html", **_look(sheet_id, form))
    made = form.result
    flash(ngettext("%(num)d candidate was taken in.", "%(num)d candidates were taken in.", made))
    return see_other("recruitment_contacts.list_calls")


@blueprint.post("/<key:sheet_id>/put-aside")
@needs(Permission.RECRUITMENT_WRITE)
def put_aside(sheet_id: str) -> ResponseReturnValue:
    """Let a sheet go without taking it in."""
    service.put_aside(sheet_id)
    flash(_("The file was put aside. Nothing of it was kept."))
    return see_other(".list_sheets")


def _page(form: SheetForm) -> dict[str, Any]:
    form.programme_id.choices = list_programme_names()
    return {"form": form, "waiting": queries.list_sheets()}


def _look(sheet_id: str, form: Any) -> dict[str, Any]:
    look = service.look_at(sheet_id)
    known = {"heading_row": look.sheet.heading_row}
    columns = form if isinstance(form, ColumnsForm) else ColumnsForm(formdata=None, data=known)
    return {
        "look": look,
        "form": form,
        "columns": columns,
        "take": form if isinstance(form, TakeInForm) else TakeInForm(formdata=None),
        "choices": COLUMNS,
        "problems": [say_rule(one) for one in look.first_problems],
    }
