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
    BlockForm,
    CopyForm,
    DayForm,
    FileForm,
    HostJobForm,
    LinkForm,
    PlaceForm,
)
from jobsearch.programmes.templates.rules import lacks_of, placements
from jobsearch.web.filters import current_language
from jobsearch.web.formats import weekday_names
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import download, flash, render, see_other

blueprint = Blueprint("templates", __name__, url_prefix="/templates")
_DAY = "/<key:template_id>/days/<key:template_day_id>"
_BLOCK = _DAY + "/blocks/<key:block_id>"


@blueprint.get("")
@needs(Permission.PROGRAMMES_READ)
def list_templates() -> ResponseReturnValue:
    """The provider's templates and their editions."""
    page = min(max(1, request.args.get("page", 1, type=int)), 1000)
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
    wanted = job if job is not None else HostJobForm(formdata=None)
    return render(
        "programme_templates/show_template.html",
        weekly=template,
        lacks=lacks_of(queries.plan_of(template).days),
        copy=copy,
        place=place,
        job=wanted,
        placed=_placed(wanted) if job is not None else None,
        kind_names=KIND_NAMES,
        aim_names=AIM_NAMES,
        modes=MODE_NAMES,
        agreed_minutes=CONTRACT_MINUTES,
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
    job = HostJobForm(request.args, meta={"csrf": False})
    page = _template_page(template_id, CopyForm(formdata=None), job=job)
    return page, 422 if job.errors else 200


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
    return see_other("templates.show_day", template_id=template_id, template_day_id=form.result.id)


@blueprint.get(_DAY)
@needs(Permission.PROGRAMMES_READ)
def show_day(template_id: str, template_day_id: str) -> ResponseReturnValue:
    """One day: its blocks in order, and for who may change it the forms."""
    return _day_page(template_id, template_day_id, None)


def _day_page(template_id: str, template_day_id: str, form: DayForm | None) -> str:
    template = queries.get_whole_template(template_id)
    day = queries.day_of(template, template_day_id)
    if form is None:
        form = DayForm(formdata=None)
        form.show(day, template.version)
    lack = lacks_of(queries.plan_of(template).days)[template.days.index(day)]
    return render(
        "programme_templates/show_day.html",
        weekly=template,
        day=day,
        lack=lack,
        form=form,
        kind_names=KIND_NAMES,
        aim_names=AIM_NAMES,
        weekdays=weekday_names(current_language()),
    )


@blueprint.post(_DAY)
@needs(Permission.PROGRAMMES_WRITE)
def change_day(template_id: str, template_day_id: str) -> ResponseReturnValue:
    """Keep a day's title, beginning and hours."""
    form = DayForm()
    ids = template_id, template_day_id
    if not form.attempt(service.change_day, *ids, form.draft(), form.version()):
        return _day_page(*ids, form), 422
    flash(_("The day is kept."))
    return see_other("templates.show_day", template_id=template_id, template_day_id=ids[1])


@blueprint.post(f"{_DAY}/remove")
@needs(Permission.PROGRAMMES_WRITE)
def remove_day(template_id: str, template_day_id: str) -> ResponseReturnValue:
    """Take a day out."""
    service.remove_day(template_id, template_day_id)
    flash(_("The day is taken out of the template."))
    return see_other("templates.show_template", template_id=template_id)


@blueprint.get(f"{_DAY}/new-block")
@needs(Permission.PROGRAMMES_WRITE)
def new_block(template_id: str, template_day_id: str) -> ResponseReturnValue:
    """Ask for a further block."""
    return _new_block_page(template_id, template_day_id, _block_form())


def _block_form(*, empty: bool = True) -> BlockForm:
    form = BlockForm(formdata=None) if empty else BlockForm()
    form.offer()
    return form


def _new_block_page(template_id: str, template_day_id: str, form: BlockForm) -> str:
    template = queries.get_whole_template(template_id)
    day = queries.day_of(template, template_day_id)
    return render("programme_templates/new_block.html", weekly=template, day=day, form=form)


@blueprint.post(f"{_DAY}/blocks")
@needs(Permission.PROGRAMMES_WRITE)
def add_block(template_id: str, template_day_id: str) -> ResponseReturnValue:
    """Keep a further block."""
    form, ids = _block_form(empty=False), (template_id, template_day_id)
    done = form.validate_on_submit() and form.attempt(
        service.add_block, current_actor(), *ids, form.draft()
    )
    if not done:
        return _new_block_page(*ids, form), 422
    flash(_("The block is added."))
    return see_other("templates.show_day", template_id=template_id, template_day_id=ids[1])


@blueprint.get(_BLOCK)
@needs(Permission.PROGRAMMES_WRITE)
def show_block(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    """One block with its words, links and files."""
    return _block_page(template_id, template_day_id, block_id)


def _block_page(
    template_id: str,
    template_day_id: str,
    block_id: str,
    form: BlockForm | None = None,
    link: LinkForm | None = None,
    file: FileForm | None = None,
) -> str:
    template = queries.get_whole_template(template_id)
    day = queries.day_of(template, template_day_id)
    block = queries.block_of(day, block_id)
    if form is None:
        form = _block_form()
        form.show(block, template.version)
    return render(
        "programme_templates/show_block.html",
        weekly=template,
        day=day,
        block=block,
        form=form,
        link_form=link or LinkForm(formdata=None, prefix="link-"),
        file_form=file or FileForm(formdata=None, prefix="file-"),
    )


@blueprint.post(_BLOCK)
@needs(Permission.PROGRAMMES_WRITE)
def change_block(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    """Keep a block."""
    form, ids = _block_form(empty=False), (template_id, template_day_id, block_id)
    done = form.validate_on_submit() and form.attempt(
        service.change_block, *ids, form.draft(), form.version()
    )
    if not done:
        return _block_page(*ids, form), 422
    flash(_("The block is kept."))
    return see_other("templates.show_day", template_id=template_id, template_day_id=ids[1])


@blueprint.post(f"{_BLOCK}/remove")
@needs(Permission.PROGRAMMES_WRITE)
def remove_block(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    """Take a block out of its day."""
    service.remove_block(template_id, template_day_id, block_id)
    flash(_("The block is taken out."))
    return see_other("templates.show_day", template_id=template_id, template_day_id=template_day_id)


@blueprint.post(f"{_BLOCK}/earlier", defaults={"step": -1})
@blueprint.post(f"{_BLOCK}/later", defaults={"step": 1})
@needs(Permission.PROGRAMMES_WRITE)
def move_block(
    template_id: str, template_day_id: str, block_id: str, step: int
) -> ResponseReturnValue:
    """Move a block one place in its day."""
    service.move_block(template_id, template_day_id, block_id, step)
    return see_other("templates.show_day", template_id=template_id, template_day_id=template_day_id)


@blueprint.post(f"{_BLOCK}/links")
@needs(Permission.PROGRAMMES_WRITE)
def add_link(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    """A link beside a block."""
    form, ids = LinkForm(prefix="link-"), (template_id, template_day_id, block_id)
    what = form.title.data, form.url.data
    if not form.attempt(service.add_link, current_actor(), *ids, *what):
        return _block_page(*ids, link=form), 422
    flash(_("The link is added."))
    return _at_block(*ids)


@blueprint.post(f"{_BLOCK}/files")
@needs(Permission.PROGRAMMES_WRITE)
def add_file(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    """A file beside a block."""
    form, ids = FileForm(prefix="file-"), (template_id, template_day_id, block_id)
    what = form.title.data, form.content()
    if not form.attempt(service.add_file, current_actor(), *ids, *what):
        return _block_page(*ids, file=form), 422
    flash(_("The file is added."))
    return _at_block(*ids)


@blueprint.post(f"{_BLOCK}/resources/<key:resource_id>/remove")
@needs(Permission.PROGRAMMES_WRITE)
def remove_resource(
    template_id: str, template_day_id: str, block_id: str, resource_id: str
) -> ResponseReturnValue:
    """Take a link or a file away."""
    service.remove_resource(template_id, template_day_id, block_id, resource_id)
    flash(_("It is taken away."))
    return _at_block(template_id, template_day_id, block_id)


def _at_block(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    values = {"template_day_id": template_day_id, "block_id": block_id}
    return see_other("templates.show_block", template_id=template_id, **values)


@blueprint.get("/files/<key:resource_id>")
@needs(Permission.PROGRAMMES_OPEN)
def open_file(resource_id: str) -> ResponseReturnValue:
    """A block's file, for everyone of the provider."""
    resource = queries.get_resource(resource_id)
    if resource.file_id is None:
        raise NotVisible
    stored = files.get(resource.file_id)
    return download(stored.content, f"{resource.title}.pdf", stored.media_type)
