"""Page of what a group would cost if."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.costs.what_if import queries
from jobsearch.costs.what_if.forms import WhatIfForm
from jobsearch.costs.what_if.rules import NAMES, calculate, sensitivity
from jobsearch.costs.what_if.wording import say_assumed, say_why
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("what_if", __name__, url_prefix="/costs")


@blueprint.get("/<key:programme_id>/what-if")
@needs(Permission.REPORTS_COST)
def show_what_if(programme_id: str) -> ResponseReturnValue:
    """Assumptions, what they give, and what each of them does to it."""
    start = queries.load_start(programme_id)
    form = WhatIfForm.read(request.args)
    assumed = form.apply(start.assumed)
    return render(
        "what_if/show_what_if.html",
        start=start,
        form=form,
        assumed=assumed,
        sliders=form.sliders(assumed),
        result=calculate(assumed),
        swings=list(sensitivity(assumed, start.measured)),
        names=NAMES,
        say=say_assumed,
        say_why=say_why,
    )
