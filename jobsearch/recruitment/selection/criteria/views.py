"""The page of a programme's criteria."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.programmes.queries import get_programme
from jobsearch.recruitment.selection.criteria import service
from jobsearch.recruitment.selection.criteria.forms import CriteriaForm
from jobsearch.recruitment.selection.criteria.queries import find_edition
from jobsearch.web.gate import needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("recruitment_criteria", __name__, url_prefix="/selection/criteria")


@blueprint.get("/<key:programme_id>")
@needs(Permission.RECRUITMENT_READ)
def show(programme_id: str) -> ResponseReturnValue:
    """The criteria in use; who may, changes them here."""
    edition = find_edition(programme_id)
    lines = "\n".join(one.text for one in edition.criteria) if edition else ""
    form = CriteriaForm(data={"lines": lines})
    return render("recruitment_selection/criteria.html", **_page(programme_id, form))


def _page(programme_id: str, form: CriteriaForm) -> dict[str, Any]:
    edition = find_edition(programme_id)
    version = service.version_of(edition)
    programme = get_programme(programme_id)
    return {"programme": programme, "edition": edition, "form": form, "version": version}


@blueprint.post("/<key:programme_id>")
@needs(Permission.PROGRAMMES_WRITE)
def write(programme_id: str) -> ResponseReturnValue:
    """Keep the criteria; a new edition where the last one has been used."""
    form = CriteriaForm()
    lines = (form.lines.data or "").splitlines()
    version = request.form.get("version", "")
    if not form.attempt(service.write_criteria, programme_id, version, lines):
        page = "recruitment_selection/criteria.html"
        return render_invalid(page, **_page(programme_id, form))
    flash(_("The criteria are kept. Decisions from now on use them."))
    return see_other("recruitment_criteria.show", programme_id=programme_id)
