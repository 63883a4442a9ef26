"""Pages of the results: every figure with its denominator, its day, its source and its rows."""

import json

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.costs.comparators.pages import shown_beside
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.reports import queries
from jobsearch.reports.activity.queries import show_activity as show_activity_of
from jobsearch.reports.results.addresses import opener
from jobsearch.reports.results.exports import figures_of
from jobsearch.reports.rules import ACTIVITIES
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, page_number, render

blueprint = Blueprint("reports", __name__, url_prefix="/reports")


@blueprint.get("")
@needs(Permission.REPORTS_READ)
def list_programmes() -> ResponseReturnValue:
    """The programmes whose results the reader may see."""
    programmes = queries.list_programmes(own_cohorts_of(current_actor()))
    return render("reports/list_programmes.html", programmes=programmes)


@blueprint.get("/<key:programme_id>")
@needs(Permission.REPORTS_READ)
def show_results(programme_id: str) -> ResponseReturnValue:
    """Every figure of a programme on a day."""
    coach_id = own_cohorts_of(current_actor())
    programme, beside = queries.get_programme_beside(programme_id, coach_id)
    form = AsOfForm.read(request.args)
    as_of = queries.day_of_results(programme, form.day)
    form.show(as_of)
    results = queries.results(programme, as_of, coach_id)
    page = {"programme": programme, "form": form, "own_only": coach_id is not None}
    return render(
        "reports/show_results.html",
        results=results,
        report=figures_of(programme.name, programme.follow_up_months, results, coach_id is None),
        address_of=opener(programme_id, as_of),
        **page,
        **shown_beside(results.cost, beside),
    )


@blueprint.get("/<key:programme_id>/results.json")
@needs(Permission.REPORTS_READ)
@heavy
def download_results(programme_id: str) -> ResponseReturnValue:
    """The same figures for other programs."""
    coach_id = own_cohorts_of(current_actor())
    programme = queries.get_programme(programme_id, coach_id)
    as_of = queries.day_of_results(programme, AsOfForm.read(request.args).day)
    results = queries.results(programme, as_of, coach_id)
    told = results.to_json_dict() if coach_id is None else results.of_own_groups()
    text = json.dumps(told, ensure_ascii=False, indent=1)
    name = f"{programme.code}-{as_of.isoformat()}.json"
    return download(text.encode(), name, "application/json")


@blueprint.get("/<key:programme_id>/activity")
@needs(Permission.REPORTS_READ)
def show_activity(programme_id: str) -> ResponseReturnValue:
    """Actions and days behind the totals, by person and group."""
    coach_id = own_cohorts_of(current_actor())
    programme = queries.get_programme(programme_id, coach_id)
    form = AsOfForm.read(request.args)
    as_of = queries.day_of_results(programme, form.day)
    form.show(as_of)
    page = page_number()
    cohort_id = request.args.get("cohort", "")
    shown = show_activity_of(programme, as_of, coach_id, page, cohort_id)
    return render(
        "reports/show_activity.html", activity_page=shown, form=form, kinds=ACTIVITIES, page=page
    )
