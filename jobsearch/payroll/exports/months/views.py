"""The page of a month of pay."""

from datetime import date, timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.periods import add_months
from jobsearch.payroll.exports.months import queries
from jobsearch.payroll.pay.rules import STATE_NAMES
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("payroll_months", __name__)


@blueprint.get("/pay-months/<int(fixed_digits=4):year>-<int(fixed_digits=2):month>")
@needs(Permission.PAYROLL_READ)
def show_month(year: int, month: int) -> ResponseReturnValue:
    """Every sum of a month of payments against every other source."""
    if not (2021 <= year <= 2100 and 1 <= month <= 12):
        raise NotVisible
    first = date(year, month, 1)
    around = {"before": first - timedelta(days=1), "after": add_months(first, 1)}
    shown = queries.show_month(first)
    return render("payroll_months/show_month.html", shown=shown, states=STATE_NAMES, **around)
