"""Pages of intake: choose a file, see what it would make, take it in whole or put it aside."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.intake import queries, service
from jobsearch.intake.forms import AnswerForm, UploadForm
from jobsearch.intake.service import preview
from jobsearch.web.gate import needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("intake", __name__)


@blueprint.get("/programmes/<key:programme_id>/files")
@needs(Permission.FILES_IMPORT)
def show_files(programme_id: str) -> ResponseReturnValue:
    """The form for a file, and the files that wait."""
    shown = queries.show_files(programme_id)
    return render("intake/show_files.html", form=UploadForm(), shown=shown)


@blueprint.post("/programmes/<key:programme_id>/files")
@needs(Permission.FILES_IMPORT)
def upload_file(programme_id: str) -> ResponseReturnValue:
    """Understand a file, or say row by row in words what is wrong with it."""
    form = UploadForm()
    if not form.attempt(service.upload_file, programme_id, *form.content(), form.of_day.data):
        shown = queries.show_files(programme_id)
        return render_invalid("intake/show_files.html", form=form, shown=shown)
    return see_other("intake.show_upload", upload_id=form.result.id)


@blueprint.get("/files/<key:upload_id>")
@needs(Permission.FILES_IMPORT)
def show_upload(upload_id: str) -> ResponseReturnValue:
    """What a file that waits would make."""
    return render("intake/show_upload.html", form=AnswerForm(), waiting=preview(upload_id))


@blueprint.post("/files/<key:upload_id>")
@needs(Permission.FILES_IMPORT)
def take_in_upload(upload_id: str) -> ResponseReturnValue:
    """Take a file in, all of it or nothing."""
    form = AnswerForm()
    waiting = preview(upload_id)
    if not form.attempt(service.take_in_upload, upload_id):
        return render_invalid("intake/show_upload.html", form=form, waiting=waiting)
    flash(_("%(n)d rows were taken in.", n=form.result))
    return see_other("intake.show_files", programme_id=waiting.programme.id)


@blueprint.post("/files/<key:upload_id>/put-aside")
@needs(Permission.FILES_IMPORT)
def put_aside(upload_id: str) -> ResponseReturnValue:
    """Let a file go without taking it in."""
    programme_id = service.put_aside(upload_id)
    flash(_("The file was put aside. Nothing of it was kept."))
    return see_other("intake.show_files", programme_id=programme_id)
