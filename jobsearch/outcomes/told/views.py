"""The coach's pages of what people told: the list, one of them, note it or say it is not so."""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.coaching.documents.rules import ENDINGS, FileForm
from jobsearch.core import files
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.outcomes.forms import OutcomeForm
from jobsearch.outcomes.origins import list_origins
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.outcomes.told import queries, service
from jobsearch.outcomes.told.forms import SeenForm
from jobsearch.outcomes.views import blueprint
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import (
    download,
    flash,
    page_number,
    reads,
    reads_each,
    render,
    render_invalid,
    see_other,
)

__all__ = ["blueprint"]


@blueprint.get("/told")
@needs(Permission.OUTCOMES_WRITE)
def list_told() -> ResponseReturnValue:
    """What people told and nobody has looked at."""
    page = page_number()
    shown = queries.list_told(own_cohorts_of(current_actor()), page)
    reads_each((line.told.person_id for line in shown.lines), Look.OUTCOMES)
    return render("outcomes/list_told.html", shown=shown)


@blueprint.get("/told/<key:told_id>")
@needs(Permission.OUTCOMES_WRITE)
def show_told(told_id: str) -> ResponseReturnValue:
    """One thing told, with the form to note it."""
    return _page(told_id, None, render)


def _page(told_id: str, form: Form | None, draw: Callable[..., Any]) -> ResponseReturnValue:
    line = queries.get_told(told_id, own_cohorts_of(current_actor()))
    reads(line.told.person_id, Look.OUTCOMES)
    noting = form if isinstance(form, OutcomeForm) else OutcomeForm(formdata=None)
    noting.offer(list_origins(line.told.person_id))
    if noting is not form:
        noting.show(queries.found_of(line.told), line.told.version)
        noting.began_on.process_data(line.told.began_on)  # what was not told is asked, not guessed
    shown: ResponseReturnValue = draw(
        "outcomes/show_told.html", line=line, outcome=noting, form=form or noting
    )
    return shown


@blueprint.post("/told/<key:told_id>")
@needs(Permission.OUTCOMES_WRITE)
def confirm_told(told_id: str) -> ResponseReturnValue:
    """Note it as an outcome."""
    form, actor = OutcomeForm(), current_actor()
    queries.get_told(told_id, own_cohorts_of(actor))
    if not form.attempt(lambda: service.confirm(actor, told_id, form.seen_version(), form.found())):
        return _page(told_id, form, render_invalid)
    flash(_("The outcome was noted."))
    return see_other("outcomes.show_person", enrolment_id=form.result.enrolment_id)


@blueprint.post("/told/<key:told_id>/end")
@needs(Permission.OUTCOMES_WRITE)
def confirm_end(told_id: str) -> ResponseReturnValue:
    """Note that it has ended."""
    form = SeenForm()
    if not form.attempt(service.confirm, current_actor(), told_id, form.seen(), None):
        return _page(told_id, form, render_invalid)
    flash(_("The end was noted."))
    return see_other("outcomes.show_person", enrolment_id=form.result.enrolment_id)


@blueprint.post("/told/<key:told_id>/not-so")
@needs(Permission.OUTCOMES_WRITE)
def decline_told(told_id: str) -> ResponseReturnValue:
    """It is not so."""
    form = SeenForm()
    if not form.attempt(service.decline, current_actor(), told_id, form.seen()):
        return _page(told_id, form, render_invalid)
    flash(_("Noted: it is not so."))
    return see_other("outcomes.list_told")


@blueprint.get("/told/<key:told_id>/file")
@needs(Permission.OUTCOMES_WRITE)
@heavy
def download_told(told_id: str) -> ResponseReturnValue:
    """The document that waits to be looked at."""
    told = queries.get_told(told_id, own_cohorts_of(current_actor())).told
    if told.file_id is None:
        raise NotVisible
    reads(told.person_id, Look.OUTCOMES)
    file = files.get(told.file_id)
    ending = ENDINGS[FileForm(file.media_type)]
    return download(file.content, _("Document") + ending, file.media_type)
