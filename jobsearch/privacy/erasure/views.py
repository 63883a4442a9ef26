"""Pages of erasure: who was erased, and one person before and after."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.privacy.erasure import queries, service
from jobsearch.privacy.erasure.forms import ErasureForm
from jobsearch.privacy.erasure.pages import erasure_page
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("erasures", __name__, url_prefix="/privacy/erasures")
_PAGE = "privacy/show_erasure.html"


@blueprint.get("")
@needs(Permission.PRIVACY_ERASE)
def list_erasures() -> ResponseReturnValue:
    """Who was erased, by key, and until when the law keeps the rest."""
    page = page_number()
    rows, pages = queries.list_erasures(page), queries.count_pages()
    return render("privacy/list_erasures.html", rows=rows, page=page, pages=pages)


@blueprint.get("/<key:person_id>")
@needs(Permission.PRIVACY_ERASE)
def show_erasure(person_id: str) -> ResponseReturnValue:
    """What would go at once, what the law keeps, and what stays as counts."""
    shown = erasure_page(current_actor(), person_id)
    return render(_PAGE, shown=shown, form=ErasureForm())


@blueprint.post("/<key:person_id>")
@needs(Permission.PRIVACY_ERASE, fresh=True)
def erase(person_id: str) -> ResponseReturnValue:
    """The manager erases the person, after she has proven that it is she."""
    form = ErasureForm()
    if not form.attempt(service.erase, current_actor(), person_id):
        shown = erasure_page(current_actor(), person_id)
        return render_invalid(_PAGE, shown=shown, form=form)
    flash(_("Erased. What the law keeps goes by itself when its time is over."))
    return see_other(".list_erasures")
