"""The page of forgetting: what is due, what was done, and after how many months."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.recruitment.forgetting.forms import SettingsForm
from jobsearch.recruitment.forgetting.pages import forgetting_page
from jobsearch.recruitment.service import save_settings
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("recruitment_forgetting", __name__, url_prefix="/candidates/forgetting")
_PAGE = "recruitment/forgetting.html"


@blueprint.get("")
@needs(Permission.RECRUITMENT_READ)
def show_forgetting() -> ResponseReturnValue:
    """Who is forgotten next, and what was forgotten."""
    return render(_PAGE, **_page(None))


@blueprint.post("")
@needs(Permission.PROGRAMMES_WRITE)
def save() -> ResponseReturnValue:
    """The manager says how often to try and how long to keep."""
    form = SettingsForm()
    values = {"tries": form.tries.data, "months": form.months.data}
    if not form.attempt(save_settings, current_actor(), form.seen(), **values):
        return render_invalid(_PAGE, **_page(form))
    flash(_("Saved."))
    return see_other(".show_forgetting")


def _page(form: SettingsForm | None) -> dict[str, Any]:
    page = page_number()
    shown = forgetting_page(page)
    known = shown["settings"]
    given = {"tries": known.tries_before_closing, "months": known.forget_after_months}
    return {**shown, "form": form or SettingsForm(**given), "page": page}
