"""Pages of days of payment: what each day means for whom, and the choice."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.payroll.pay.dates import queries, service
from jobsearch.payroll.pay.dates.forms import DayForm
from jobsearch.payroll.pay.dates.rules import WHY_NAMES
from jobsearch.payroll.pay.rules import FROZEN
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads_each, render, render_invalid, see_other

blueprint = Blueprint("payroll_dates", __name__)


@blueprint.get("/pay-runs/groups/<key:cohort_id>/days")
@needs(Permission.PAYROLL_WRITE)
def compare_days(cohort_id: str) -> ResponseReturnValue:
    """Before a run of a group is made: what each day of payment means."""
    cohort, shown = queries.compare_days_of_group(cohort_id)
    reads_each((one.person_id for one in shown.people), Look.PAY_RUN)
    return render(
        "payroll_dates/compare_days.html", cohort=cohort, shown=shown, why_names=WHY_NAMES
    )


@blueprint.get("/pay-runs/<key:run_id>/days")
@needs(Permission.PAYROLL_READ)
def choose_day(run_id: str) -> ResponseReturnValue:
    """What each day of payment means for the people of a run, and who chose which."""
    return _page(run_id, DayForm(formdata=None), render)


def _page(run_id: str, form: DayForm, answer: Callable[..., Any]) -> ResponseReturnValue:
    run, shown = queries.compare_days_of_run(run_id)
    reads_each((one.person_id for one in shown.people), Look.PAY_RUN)
    values = {"choices": queries.list_choices(run_id), "why_names": WHY_NAMES, "frozen": FROZEN}
    template = "payroll_dates/choose_day.html"
    result: ResponseReturnValue = answer(template, run=run, shown=shown, form=form, **values)
    return result


@blueprint.post("/pay-runs/<key:run_id>/days")
@needs(Permission.PAYROLL_WRITE)
def keep_day(run_id: str) -> ResponseReturnValue:
    """Pay on another day; what was computed is computed again."""
    form = DayForm()
    values = (current_actor(), run_id, form.pays_on.data, form.seen())
    if not form.attempt(service.choose_pay_date, *values):
        return _page(run_id, form, render_invalid)
    flash(_("The day of payment is changed, and the pay run counts with it."))
    return see_other("payroll_pay.show_run", run_id=run_id)
