"""The pages of breaking the glass: ask, see who looked at what, end it."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.privacy.breakglass import pages, service
from jobsearch.privacy.breakglass.forms import GlassForm
from jobsearch.privacy.breakglass.rules import GlassKind
from jobsearch.web.converters import LARGEST
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import at_most
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("breakglass", __name__, url_prefix="/break-glass")
_PAGE = "privacy/break_glass.html"


@blueprint.get("")
@needs(Permission.BREAK_GLASS)
def ask() -> ResponseReturnValue:
    """Ask to look at a provider's data, and see one's own looks."""
    return render(_PAGE, **_page(_form()))


@blueprint.post("")
@needs(Permission.BREAK_GLASS, fresh=True)
@at_most("20 per 10 minutes")
def start() -> ResponseReturnValue:
    """Look from now on, for an hour."""
    form = _form()
    done = form.attempt(
        lambda: service.break_glass(
            current_actor(),
            form.provider.data or "",
            GlassKind(form.kind.data),
            form.reason.data or "",
        )
    )
    if not done:
        return render_invalid(_PAGE, **_page(form))
    return see_other(".ask")


@blueprint.get("/<key:glass_id>")
@needs(Permission.BREAK_GLASS_SEE)
def show_glass(glass_id: str) -> ResponseReturnValue:
    """Who looked, why, until when, and every page that was opened."""
    after = min(max(0, request.args.get("after", 0, type=int)), LARGEST)
    return render("privacy/show_glass.html", **pages.glass_page(current_actor(), glass_id, after))


@blueprint.post("/<key:glass_id>/end")
@needs(Permission.BREAK_GLASS_SEE, while_looking=True)
def end(glass_id: str) -> ResponseReturnValue:
    """End it now."""
    service.end_glass(current_actor(), glass_id)
    flash(_("Ended. Nothing of the provider is open to the operator any more."))
    return see_other(".show_glass", glass_id=glass_id)


def _form() -> GlassForm:
    return GlassForm().offer(pages.list_providers())


def _page(form: GlassForm) -> dict[str, Any]:
    return {**pages.asking_page(current_actor()), "form": form}
