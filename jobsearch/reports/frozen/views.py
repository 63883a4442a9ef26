"""Pages of frozen reports: keep one, read it, check it, and see what has changed since."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.reports import queries
from jobsearch.reports.frozen import making
from jobsearch.reports.frozen.forms import FreezeForm
from jobsearch.reports.frozen.queries import get_frozen, list_frozen
from jobsearch.reports.paper.pdf import draw_pdf
from jobsearch.reports.paper.workbook import draw_workbook
from jobsearch.web.filters import current_language
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    page_number,
    render,
    render_invalid,
    see_other,
)

blueprint = Blueprint("frozen", __name__, url_prefix="/reports")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/<key:programme_id>/frozen")
@needs(Permission.REPORTS_FREEZE)
def list_reports(programme_id: str) -> ResponseReturnValue:
    """What was frozen of a programme, and the form that freezes."""
    form = FreezeForm(data={"language": current_language()})
    page = _page(programme_id, form)
    form.as_of.process(None, queries.day_of_results(page["programme"], None))
    return render("reports/frozen/list_reports.html", **page)


def _page(programme_id: str, form: FreezeForm) -> dict[str, Any]:
    programme = queries.get_programme(programme_id)
    page = page_number()
    return {"programme": programme, "form": form, "shown": list_frozen(programme_id, page)}


@blueprint.post("/<key:programme_id>/frozen")
@needs(Permission.REPORTS_FREEZE)
@heavy
def freeze(programme_id: str) -> ResponseReturnValue:
    """Keep the report to a funder as it is now."""
    form, actor = FreezeForm(), current_actor()
    programme = queries.get_programme(programme_id)
    asked, language = form.as_of.data, form.language.data
    if not form.attempt(making.freeze_funder_report, actor, programme, asked, language):
        return render_invalid("reports/frozen/list_reports.html", **_page(programme_id, form))
    flash(_("The report is frozen. Later changes do not touch it."))
    return see_other("frozen.show_report", frozen_id=form.result.id)


@blueprint.get("/frozen/<key:frozen_id>")
@needs(Permission.REPORTS_FREEZE)
def show_report(frozen_id: str) -> ResponseReturnValue:
    """A frozen report as it was."""
    frozen = get_frozen(frozen_id)
    report = frozen.report if frozen.is_whole else None
    return render("reports/frozen/show_report.html", frozen=frozen, report=report)


@blueprint.get("/frozen/<key:frozen_id>/check")
@needs(Permission.REPORTS_FREEZE)
@heavy
def check_report(frozen_id: str) -> ResponseReturnValue:
    """Whether text and files are still what they were."""
    rebuilt = making.rebuild(frozen_id)
    return render("reports/frozen/check_report.html", rebuilt=rebuilt, frozen=rebuilt.frozen)


@blueprint.get("/frozen/<key:frozen_id>/difference")
@needs(Permission.REPORTS_FREEZE)
def compare_report(frozen_id: str) -> ResponseReturnValue:
    """What the same report would say now."""
    compared = making.compare_with_now(frozen_id)
    return render("reports/frozen/compare_report.html", compared=compared, frozen=compared.frozen)


@blueprint.get("/frozen/<key:frozen_id>/report.pdf")
@needs(Permission.REPORTS_FREEZE)
@heavy
def download_pdf(frozen_id: str) -> ResponseReturnValue:
    """The report on paper, drawn from its text."""
    frozen = get_frozen(frozen_id)
    return download(draw_pdf(frozen.report), f"{frozen.filename}.pdf", "application/pdf")


@blueprint.get("/frozen/<key:frozen_id>/report.xlsx")
@needs(Permission.REPORTS_FREEZE)
@heavy
def download_workbook(frozen_id: str) -> ResponseReturnValue:
    """The report as a workbook, drawn from its text."""
    frozen = get_frozen(frozen_id)
    return download(draw_workbook(frozen.report), f"{frozen.filename}.xlsx", _XLSX)


@blueprint.get("/frozen/<key:frozen_id>/report.json")
@needs(Permission.REPORTS_FREEZE)
@heavy
def download_text(frozen_id: str) -> ResponseReturnValue:
    """The text that the checksum is of, letter by letter."""
    frozen = get_frozen(frozen_id)
    return download(frozen.text.encode(), f"{frozen.filename}.json", "application/json")
