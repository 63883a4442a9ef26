"""Pages of a participant's own register of employers."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.tracker.employers import queries, service
from jobsearch.tracker.employers.forms import EmployerForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("tracker_employers", __name__)


@blueprint.get("/job-search/employers")
@needs(Permission.TRACKER_LOG)
def my_employers() -> ResponseReturnValue:
    """The register by name, with how often and when last."""
    return _register(EmployerForm())


@blueprint.post("/job-search/employers")
@needs(Permission.TRACKER_LOG)
def add_employer() -> ResponseReturnValue:
    """Write down an employer that one has in mind."""
    form = EmployerForm()
    if not form.attempt(service.add_employer, current_actor(), form.name.data):
        return _register(form), 422
    flash(_("Saved."))
    return see_other("tracker_employers.my_employers")


@blueprint.get("/job-search/employers/<key:employer_id>")
@needs(Permission.TRACKER_LOG)
def show_employer(employer_id: str) -> ResponseReturnValue:
    """One employer, to correct its name or to take it out."""
    return render("tracker_employers/show_employer.html", **_one(employer_id, None))


@blueprint.post("/job-search/employers/<key:employer_id>")
@needs(Permission.TRACKER_LOG)
def rename_employer(employer_id: str) -> ResponseReturnValue:
    """Keep another name; two of one name become one."""
    form = EmployerForm()
    page = _one(employer_id, form)
    if not form.attempt(service.rename_employer, current_actor(), employer_id, form.name.data):
        return render_invalid("tracker_employers/show_employer.html", **page)
    flash(_("You had this employer twice. Now it is one.") if form.result else _("Saved."))
    return see_other("tracker_employers.my_employers")


@blueprint.post("/job-search/employers/<key:employer_id>/remove")
@needs(Permission.TRACKER_LOG)
def remove_employer(employer_id: str) -> ResponseReturnValue:
    """Take out an employer that nothing names."""
    service.remove_employer(current_actor(), employer_id)
    flash(_("Removed from your employers."))
    return see_other("tracker_employers.my_employers")


def _register(form: EmployerForm) -> str:
    page = page_number()
    register = queries.my_employers(current_actor().person_id or "", page)
    return render("tracker_employers/my_employers.html", form=form, register=register, page=page)


def _one(employer_id: str, form: EmployerForm | None) -> dict[str, object]:
    employer = queries.get_employer(current_actor().person_id or "", employer_id)
    return {
        "employer": employer,
        "hanging": queries.what_hangs(employer.id),
        "form": form or EmployerForm(obj=employer),
    }
