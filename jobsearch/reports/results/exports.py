"""The reports of a programme and of its cohorts for whoever reads them, and as files."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission, may
from jobsearch.core.errors import NotVisible
from jobsearch.costs.comparators.queries import load_beside
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.reports import queries
from jobsearch.reports.paper.pdf import draw_pdf
from jobsearch.reports.paper.rules import Report
from jobsearch.reports.paper.workbook import draw_workbook
from jobsearch.reports.results.content import About, cohort_report, results_report
from jobsearch.reports.results.queries import Opened, get_cohort, list_cohorts, open_programme
from jobsearch.reports.rules import Results
from jobsearch.web.as_of import AsOfForm
from jobsearch.web.filters import current_language
from jobsearch.web.gate import current_actor
from jobsearch.web.pages import download
from jobsearch.web.sheets import MEDIA_TYPES


def opened(programme_id: str) -> Opened:
    """The programme of the address on the day that it asks for. Raises NotVisible."""
    asked = AsOfForm.read(request.args).day
    return open_programme(programme_id, asked, own_cohorts_of(current_actor()))


def about(shown: Opened, subject: str) -> About:
    """Whose report it is, in the reader's language."""
    months = shown.programme.follow_up_months
    return About(current_language(), shown.provider, subject, months)


def of_programme(shown: Opened) -> Report:
    """The whole report of the programme, as much of it as the reader may see."""
    whose, as_of, sees_all = shown.programme, shown.as_of, shown.coach_id is None
    subject = whose.name if sees_all else _("%(programme)s, own groups", programme=whose.name)
    sees_cost = _sees_cost(sees_all)
    return results_report(
        about(shown, subject),
        queries.results(whose, as_of, shown.coach_id),
        list_cohorts(whose, as_of, shown.coach_id),
        [row.as_figure() for row in load_beside(whose.id)[1]] if sees_cost else (),
        has_funnel=sees_all,  # people are recruited to the programme, not to a coach's groups
        has_feedback=sees_all,
        has_cost=sees_cost,
    )


def figures_of(name: str, months: int, results: Results, sees_all: bool) -> Report:
    """The figures of a page with their definitions, without what has to be asked for more."""
    whose = About(current_language(), "", name, months)
    return results_report(whose, results, has_feedback=sees_all, has_cost=_sees_cost(sees_all))


def _sees_cost(sees_all: bool) -> bool:
    return sees_all and may(current_actor(), Permission.REPORTS_COST)


def of_cohort(shown: Opened, cohort_id: str) -> Report:
    """The report of one of its cohorts. Raises NotVisible where nobody had started in it."""
    found = get_cohort(shown.programme, shown.as_of, cohort_id, shown.coach_id)
    return cohort_report(about(shown, f"{found.name}, {shown.programme.name}"), found, shown.as_of)


def report_file(report: Report, code: str, ending: str) -> ResponseReturnValue:
    """The report to keep: pdf or xlsx, named by programme, kind and day. Raises NotVisible."""
    name = f"{code}-{report.kind}-{report.as_of.isoformat()}.{ending}"
    if ending == "pdf":
        return download(draw_pdf(report), name, "application/pdf")
    if ending == "xlsx":
        return download(draw_workbook(report), name, MEDIA_TYPES["xlsx"])
    raise NotVisible
