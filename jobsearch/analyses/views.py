"""Pages on which coaches write analyses; a manager sees who and when."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.analyses import overview, queries, service
from jobsearch.analyses.forms import EmptyForm, LanguageForm, MunicipalCoachForm, SectionsForm
from jobsearch.analyses.paper import OFFICE, activity_rows
from jobsearch.analyses.prefill.words import first_words
from jobsearch.analyses.releases.service import send as send_analysis
from jobsearch.analyses.writing import pages
from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.web.filters import current_language
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    page_number,
    reads,
    render,
    render_invalid,
    see_other,
)

blueprint = Blueprint("analyses", __name__)


@blueprint.get("/analyses")
@needs(Permission.ANALYSES_OVERVIEW)
def list_analyses() -> ResponseReturnValue:
    """Everyone who has started, and where her analysis is; no text of it."""
    actor = current_actor()
    last = overview.count_pages(actor)
    page = page_number(last)
    lines = overview.list_lines(actor, page)
    return render("analyses/list_analyses.html", lines=lines, page=page, pages=last)


@blueprint.post("/analyses/of/<key:enrolment_id>")
@needs(Permission.ANALYSES_WRITE)
def start_analysis(enrolment_id: str) -> ResponseReturnValue:
    """Begin an analysis with first words made of the records."""
    actor = current_actor()
    language, records = service.records_to_start(actor, enrolment_id)
    analysis = service.start_analysis(actor, enrolment_id, first_words(records, language))
    return see_other("analyses.write_analysis", analysis_id=analysis.id)


@blueprint.get("/analyses/<key:analysis_id>")
@needs(Permission.ANALYSES_WRITE)
def write_analysis(analysis_id: str) -> ResponseReturnValue:
    """The sections to write, and where the participant's permission is."""
    return _writing(analysis_id, SectionsForm(formdata=None))


@blueprint.post("/analyses/<key:analysis_id>/sections")
@needs(Permission.ANALYSES_WRITE)
def save_sections(analysis_id: str) -> ResponseReturnValue:
    """Keep what was changed; a section that another wrote meanwhile is laid beside hers."""
    form = SectionsForm()
    if not form.attempt(pages.save_all, current_actor(), analysis_id, form):
        return _writing(analysis_id, form, refused=True)
    values = {"analysis_id": analysis_id, "_anchor": f"s-{form.place}" if form.place else None}
    return pages.after_saving(form, "analyses.write_analysis", **values)


@blueprint.post("/analyses/<key:analysis_id>/show")
@needs(Permission.ANALYSES_WRITE)
def show_to_participant(analysis_id: str) -> ResponseReturnValue:
    """Lay the analysis before the participant."""
    form = EmptyForm()
    if not form.attempt(service.show_to_participant, current_actor(), analysis_id):
        return _writing(analysis_id, SectionsForm(formdata=None), form, refused=True)
    flash(_("The analysis is ready for the job seeker to read."))
    return see_other("analyses.write_analysis", analysis_id=analysis_id)


@blueprint.post("/analyses/<key:analysis_id>/municipal-coach")
@needs(Permission.ANALYSES_WRITE)
def name_municipal_coach(analysis_id: str) -> ResponseReturnValue:
    """Say who her municipal coach is."""
    form = MunicipalCoachForm()
    values = (current_actor(), analysis_id, form.email.data)
    if not form.attempt(service.name_municipal_coach, *values):
        return _writing(analysis_id, SectionsForm(formdata=None), form, refused=True)
    flash(_("The municipal coach is named, and sees nothing without the job seeker's permission."))
    return see_other("analyses.write_analysis", analysis_id=analysis_id)


@blueprint.post("/analyses/<key:analysis_id>/send")
@needs(Permission.ANALYSES_WRITE)
def send(analysis_id: str) -> ResponseReturnValue:
    """Ask to send: it goes by the participant's permission alone, and the page says why not."""
    form = EmptyForm()
    form.attempt(send_analysis, current_actor(), analysis_id)
    return _writing(analysis_id, SectionsForm(formdata=None), form, refused=True)


@blueprint.get("/analyses/<key:analysis_id>/preview.pdf")
@needs(Permission.ANALYSES_WRITE)
@heavy
def preview(analysis_id: str) -> ResponseReturnValue:
    """The paper as it would look, marked as not sent."""
    actor = current_actor()
    analysis = queries.get_analysis(actor, analysis_id)
    reads(analysis.person_id, Look.ANALYSIS_PREVIEW)
    paper = OFFICE.render(queries.sheet_of(actor, analysis))
    return download(paper.pdf, f"{analysis.number}.pdf", "application/pdf")


def _writing(
    analysis_id: str, form: SectionsForm, other: Any = None, *, refused: bool = False
) -> ResponseReturnValue:
    actor = current_actor()
    shown = queries.show(actor, queries.get_analysis(actor, analysis_id))
    reads(shown.analysis.person_id, Look.ANALYSIS)
    coach_form = other if isinstance(other, MunicipalCoachForm) else None
    draw = render_invalid if refused else render
    return draw(
        "analyses/write_analysis.html",
        shown=shown,
        rows=activity_rows(shown.figures, current_language()),
        form=other or form,
        coach_form=coach_form or MunicipalCoachForm(formdata=None),
        language_form=LanguageForm(formdata=None, language=shown.analysis.language),
        **pages.laid(actor, shown.analysis, form),
    )
