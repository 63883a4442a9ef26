"""Pages of closing a year of payment."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.payroll.pay.closing import queries, service
from jobsearch.payroll.pay.forms import StepForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("payroll_closing", __name__, url_prefix="/employer-figures")


@blueprint.get("/<int:year>/close")
@needs(Permission.PAYROLL_WRITE)
def ask_to_close(year: int) -> ResponseReturnValue:
    """What closing means, and what is still open."""
    shown = queries.show_year(current_actor().organisation_id, year)
    return render("payroll_closing/close_year.html", shown=shown, form=StepForm(formdata=None))


@blueprint.post("/<int:year>/close")
@needs(Permission.PAYROLL_WRITE, fresh=True)
def close_year(year: int) -> ResponseReturnValue:
    """Close it, by a sign-in proven just now."""
    form = StepForm()
    if not form.attempt(service.close_year, current_actor(), year, form.seen()):
        shown = queries.show_year(current_actor().organisation_id, year)
        return render_invalid("payroll_closing/close_year.html", shown=shown, form=form)
    flash(_("The year %(year)s is closed.", year=str(year)))
    return see_other("rates_yearly.list_years")
