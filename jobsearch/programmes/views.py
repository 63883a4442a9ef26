"""Pages of programmes, their pay terms and their templates."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.programmes import queries, service
from jobsearch.programmes.forms import ProgrammeForm, TemplateChoiceForm, TermsForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("programmes", __name__)


@blueprint.get("/programmes")
@needs(Permission.PROGRAMMES_READ)
def list_programmes() -> ResponseReturnValue:
    """The provider's programmes with today's pay."""
    page, count = page_number(), queries.count_programmes()
    return render(
        "programmes/list_programmes.html",
        programmes=queries.list_programmes(page),
        page=page,
        pages=max(1, -(-count // queries.PAGE)),
    )


@blueprint.get("/programmes/new")
@needs(Permission.PROGRAMMES_WRITE)
def new_programme() -> ResponseReturnValue:
    """Ask for name, template and pay."""
    return render("programmes/new_programme.html", form=_programme_form())


def _programme_form() -> ProgrammeForm:
    form = ProgrammeForm()
    form.offer(queries.list_template_names(), _("The pilot's template, 48 hours in three weeks"))
    return form


@blueprint.post("/programmes")
@needs(Permission.PROGRAMMES_WRITE)
def make_programme() -> ResponseReturnValue:
    """Keep a new programme."""
    form = _programme_form()
    done = form.attempt(
        service.make_programme,
        current_actor(),
        code=form.code.data,
        name=form.name.data,
        terms=form.terms(),
        template_id=form.template_id.data,
        follow_up_months=form.follow_up_months.data,
    )
    if not done:
        return render_invalid("programmes/new_programme.html", form=form)
    flash(_("The programme is made. Next, make a group of it."))
    return see_other("programmes.show_programme", programme_id=form.result.id)


@blueprint.get("/programmes/<key:programme_id>")
@needs(Permission.PROGRAMMES_READ)
def show_programme(programme_id: str) -> ResponseReturnValue:
    """A programme and its pay terms."""
    return _programme_page(programme_id)


def _programme_page(
    programme_id: str, form: TermsForm | None = None, choice: TemplateChoiceForm | None = None
) -> str:
    programme = queries.get_programme(programme_id)
    if choice is None:
        choice = _choice()
        choice.template_id.data = programme.template_id
    return render(
        "programmes/show_programme.html",
        programme=programme,
        form=form or TermsForm(formdata=None),
        choice=choice,
    )


def _choice() -> TemplateChoiceForm:
    form = TemplateChoiceForm()
    form.offer(queries.list_template_names())
    return form


@blueprint.post("/programmes/<key:programme_id>/pay-terms")
@needs(Permission.PROGRAMMES_WRITE)
def add_pay_terms(programme_id: str) -> ResponseReturnValue:
    """Other pay from a day on."""
    form = TermsForm()
    if not form.attempt(service.add_pay_terms, current_actor(), programme_id, form.terms()):
        return _programme_page(programme_id, form), 422
    flash(_("The new pay terms are kept."))
    return see_other("programmes.show_programme", programme_id=programme_id)


@blueprint.post("/programmes/<key:programme_id>/template")
@needs(Permission.PROGRAMMES_WRITE)
def choose_template(programme_id: str) -> ResponseReturnValue:
    """Another template for the groups to come."""
    form = _choice()
    if not form.attempt(service.choose_template, programme_id, form.template_id.data):
        return _programme_page(programme_id, choice=form), 422
    flash(_("New groups get this template. Groups that exist keep theirs."))
    return see_other("programmes.show_programme", programme_id=programme_id)
