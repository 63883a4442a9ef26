"""The page of keeping: how long, what goes when, and what has gone."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.analyses.keeping import pages, service
from jobsearch.analyses.keeping.forms import TermsForm
from jobsearch.core.access import Permission
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("keeping", __name__, url_prefix="/settings/keeping")
_PAGE = "keeping/show_keeping.html"


@blueprint.get("")
@needs(Permission.ORGANISATIONS_SETTINGS)
def show_keeping() -> ResponseReturnValue:
    """How long analyses and proofs are kept, what goes when, and the receipts."""
    return render(_PAGE, **_page(None))


@blueprint.post("")
@needs(Permission.ORGANISATIONS_SETTINGS)
def save() -> ResponseReturnValue:
    """The manager decides how long."""
    form = TermsForm()
    if not form.attempt(lambda: service.set_terms(current_actor(), form.terms())):
        return render_invalid(_PAGE, **_page(form))
    flash(_("Saved. It holds from now on."))
    return see_other(".show_keeping")


def _page(form: TermsForm | None) -> dict[str, Any]:
    page = page_number()
    shown = pages.keeping_page(current_actor(), page)
    return {"shown": shown, "form": form or TermsForm(obj=shown.terms), "page": page}
