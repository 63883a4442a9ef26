"""Reports of a programme and of its cohorts: pages, PDF and workbook."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.reports.results.addresses import opener
from jobsearch.reports.results.exports import of_cohort, of_programme, opened, report_file
from jobsearch.reports.results.queries import show_cohorts
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.gate import needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import page_number, render

blueprint = Blueprint("report_papers", __name__, url_prefix="/reports/<key:programme_id>")


@blueprint.get("/results.pdf")
@needs(Permission.REPORTS_READ)
@heavy
def download_pdf(programme_id: str) -> ResponseReturnValue:
    """The results on paper."""
    shown = opened(programme_id)
    return report_file(of_programme(shown), shown.programme.code, "pdf")


@blueprint.get("/results.xlsx")
@needs(Permission.REPORTS_READ)
@heavy
def download_workbook(programme_id: str) -> ResponseReturnValue:
    """The results as a workbook."""
    shown = opened(programme_id)
    return report_file(of_programme(shown), shown.programme.code, "xlsx")


@blueprint.get("/cohorts")
@needs(Permission.REPORTS_READ)
def list_cohorts(programme_id: str) -> ResponseReturnValue:
    """The programme's cohorts with what came of each."""
    form, shown = AsOfForm.read(request.args), opened(programme_id)
    form.show(shown.as_of)
    page = page_number()
    cohorts = show_cohorts(shown.programme, shown.as_of, shown.coach_id, page)
    return render("reports/list_cohorts.html", shown=shown, cohorts=cohorts, form=form, page=page)


@blueprint.get("/cohorts/<key:cohort_id>")
@needs(Permission.REPORTS_READ)
def show_cohort(programme_id: str, cohort_id: str) -> ResponseReturnValue:
    """What came of one cohort."""
    form, shown = AsOfForm.read(request.args), opened(programme_id)
    form.show(shown.as_of)
    return render(
        "reports/show_cohort.html",
        shown=shown,
        report=of_cohort(shown, cohort_id),
        cohort_id=cohort_id,
        form=form,
        address_of=opener(programme_id, shown.as_of, cohort_id),
    )


@blueprint.get("/cohorts/<key:cohort_id>/results.pdf")
@needs(Permission.REPORTS_READ)
@heavy
def download_cohort_pdf(programme_id: str, cohort_id: str) -> ResponseReturnValue:
    """What came of one cohort, on paper."""
    shown = opened(programme_id)
    return report_file(of_cohort(shown, cohort_id), shown.programme.code, "pdf")


@blueprint.get("/cohorts/<key:cohort_id>/results.xlsx")
@needs(Permission.REPORTS_READ)
@heavy
def download_cohort_workbook(programme_id: str, cohort_id: str) -> ResponseReturnValue:
    """What came of one cohort, as a workbook."""
    shown = opened(programme_id)
    return report_file(of_cohort(shown, cohort_id), shown.programme.code, "xlsx")
