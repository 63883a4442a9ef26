"""Pages of templates: the list, a template, its days and blocks, and copies of it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core import files
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.programmes.rules import AIM_NAMES, CONTRACT_MINUTES, KIND_NAMES, MODE_NAMES
from jobsearch.programmes.templates import queries, service
from jobsearch.programmes.templates.forms import (
    CopyForm,
    HostJobForm,
    PlaceForm,
)
from jobsearch.programmes.templates.rules import lacks_of, placements
from jobsearch.web.filters import current_language
from jobsearch.web.formats import weekday_names
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, page_number, render, see_other

blueprint = Blueprint("templates", __name__, url_prefix="/templates")
_NAMES = {
    "kind_names": KIND_NAMES,
    "aim_names": AIM_NAMES,
    "modes": MODE_NAMES,
    "agreed_minutes": CONTRACT_MINUTES,
}


@blueprint.get("")
@needs(Permission.PROGRAMMES_READ)
def list_templates() -> ResponseReturnValue:
    """The provider's templates and their editions."""
    page = page_number()
    return render(
        "programme_templates/list_templates.html",
        templates=queries.list_templates(page),
        modes=MODE_NAMES,
        shipped=service.shipped_templates(current_actor()),
        page=page,
        pages=max(1, -(-queries.count_templates() // queries.PAGE)),
    )


@blueprint.post("/shipped/<code>")
@needs(Permission.PROGRAMMES_WRITE)
def take_shipped(code: str) -> ResponseReturnValue:
    """Take a template that comes with the service into use."""
    template = service.take_shipped(current_actor(), code)
    return see_other("templates.show_template", template_id=template.id)


@blueprint.get("/<key:template_id>")
@needs(Permission.PROGRAMMES_READ)
def show_template(template_id: str) -> ResponseReturnValue:
    """A template: its weeks, days and blocks, and what a day lacks."""
    return _template_page(template_id, CopyForm(formdata=None))


def _template_page(
    template_id: str,
    copy: CopyForm,
    place: PlaceForm | None = None,
    job: HostJobForm | None = None,
) -> str:
    template = queries.get_whole_template(template_id)
    copy.name.data = copy.name.data or template.name
    place = place or PlaceForm(formdata=None)
    place.offer(weekday_names(current_language()))
    return render(
        "programme_templates/show_template.html",
        weekly=template,
        lacks=lacks_of(queries.plan_of(template).days),
        copy=copy,
        place=place,
        job=job or HostJobForm(formdata=None),
        placed=_placed(job) if job is not None else None,
        **_NAMES,
    )


def _placed(job: HostJobForm) -> object:
    if not job.validate():
        return None
    try:
        return placements(*job.span())
    except RuleBroken as broken:
        job.refuse(broken)
        return None


@blueprint.get("/<key:template_id>/places")
@needs(Permission.PROGRAMMES_READ)
def find_places(template_id: str) -> ResponseReturnValue:
    """Where the block falls inside a wage-subsidised job."""
    asked = request.args if "first" in request.args else None
    job = HostJobForm(asked, meta={"csrf": False}) if asked else None
    page = _template_page(template_id, CopyForm(formdata=None), job=job)
    return page, 422 if job and job.errors else 200


@blueprint.post("/<key:template_id>/copies")
@needs(Permission.PROGRAMMES_WRITE)
def copy_template(template_id: str) -> ResponseReturnValue:
    """A copy that can be changed."""
    form = CopyForm()
    if not form.attempt(service.copy_template, current_actor(), template_id, form.name.data):
        return _template_page(template_id, form), 422
    flash(_("The copy is made. Change it now; it is used once a programme chooses it."))
    return see_other("templates.show_template", template_id=form.result.id)


@blueprint.post("/<key:template_id>/days")
@needs(Permission.PROGRAMMES_WRITE)
def add_day(template_id: str) -> ResponseReturnValue:
    """A further day."""
    form = PlaceForm()
    form.offer(weekday_names(current_language()))
    if not form.validate_on_submit():
        return _template_page(template_id, CopyForm(formdata=None), form), 422
    where = int(form.week.data), int(form.weekday.data)
    if not form.attempt(service.add_day, current_actor(), template_id, *where):
        return _template_page(template_id, CopyForm(formdata=None), form), 422
    flash(_("The day is added. Give it a title and blocks."))
    return see_other(
        "template_days.show_day", template_id=template_id, template_day_id=form.result.id
    )


@blueprint.get("/files/<key:resource_id>")
@needs(Permission.PROGRAMMES_OPEN)
@heavy
def open_file(resource_id: str) -> ResponseReturnValue:
    """A block's file, for everyone of the provider."""
    resource = queries.get_resource(resource_id)
    if resource.file_id is None:
        raise NotVisible
    stored = files.get(resource.file_id)
    return download(stored.content, f"{resource.title}.pdf", stored.media_type)
