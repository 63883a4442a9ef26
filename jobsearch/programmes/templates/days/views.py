"""Pages of a template's days and blocks."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.programmes.rules import AIM_NAMES, KIND_NAMES
from jobsearch.programmes.templates import queries, service
from jobsearch.programmes.templates.forms import BlockForm, DayForm, FileForm, LinkForm
from jobsearch.programmes.templates.rules import lacks_of
from jobsearch.web.filters import current_language
from jobsearch.web.formats import weekday_names
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, see_other

blueprint = Blueprint("template_days", __name__, url_prefix="/templates")
_DAY = "/<key:template_id>/days/<key:template_day_id>"
_BLOCK = _DAY + "/blocks/<key:block_id>"


@blueprint.get(_DAY)
@needs(Permission.PROGRAMMES_READ)
def show_day(template_id: str, template_day_id: str) -> ResponseReturnValue:
    """One day: its blocks in order, and for who may change it the forms."""
    return _day_page(template_id, template_day_id, None)


def _day_page(template_id: str, template_day_id: str, form: DayForm | None) -> str:
    template = queries.get_whole_template(template_id)
    day = queries.day_of(template, template_day_id)
    plan = queries.plan_of(template).days[template.days.index(day)]
    form = form or DayForm.of(plan, template.version)
    return render(
        "programme_templates/show_day.html",
        weekly=template,
        day=day,
        lack=lacks_of([plan])[0],
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
    return _at_day(*ids[:2])


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
    return _at_day(*ids[:2])


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
        form.show(queries.plan_of_block(block), template.version)
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
    return _at_day(*ids[:2])


@blueprint.post(f"{_BLOCK}/remove")
@needs(Permission.PROGRAMMES_WRITE)
def remove_block(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    """Take a block out of its day."""
    service.remove_block(template_id, template_day_id, block_id)
    flash(_("The block is taken out."))
    return see_other(
        "template_days.show_day", template_id=template_id, template_day_id=template_day_id
    )


@blueprint.post(f"{_BLOCK}/earlier", defaults={"step": -1})
@blueprint.post(f"{_BLOCK}/later", defaults={"step": 1})
@needs(Permission.PROGRAMMES_WRITE)
def move_block(
    template_id: str, template_day_id: str, block_id: str, step: int
) -> ResponseReturnValue:
    """Move a block one place in its day."""
    service.move_block(template_id, template_day_id, block_id, step)
    return see_other(
        "template_days.show_day", template_id=template_id, template_day_id=template_day_id
    )


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


def _at_day(template_id: str, template_day_id: str) -> ResponseReturnValue:
    day = {"template_id": template_id, "template_day_id": template_day_id}
    return see_other("template_days.show_day", **day)


def _at_block(template_id: str, template_day_id: str, block_id: str) -> ResponseReturnValue:
    values = {"template_day_id": template_day_id, "block_id": block_id}
    return see_other("template_days.show_block", template_id=template_id, **values)
