"""The page of the impact assessment, its paper, and the provider's own decision."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.privacy.impact import pages, service
from jobsearch.privacy.impact.forms import ReviewForm
from jobsearch.privacy.impact.pdf import assessment_pdf
from jobsearch.web.filters import current_language
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, flash, render, render_invalid, see_other

blueprint = Blueprint("impact", __name__, url_prefix="/privacy/impact")
_PAGE = "privacy/show_impact.html"


@blueprint.get("")
@needs(Permission.PRIVACY_READ)
def show_impact() -> ResponseReturnValue:
    """Risks, measures and decisions, with the form of the next one."""
    return render(_PAGE, **_page(ReviewForm(formdata=None)))


@blueprint.post("")
@needs(Permission.PRIVACY_DECIDE)
def keep() -> ResponseReturnValue:
    """Keep what the provider decided."""
    form = ReviewForm()
    if not form.attempt(lambda: service.keep_review(current_actor(), form.review())):
        return render_invalid(_PAGE, **_page(form))
    flash(_("Kept. It stands on the page and on the paper."))
    return see_other(".show_impact")


@blueprint.get("/paper.pdf")
@needs(Permission.PRIVACY_READ)
@heavy
def download_pdf() -> ResponseReturnValue:
    """The assessment on paper."""
    paper = assessment_pdf(pages.get_assessment(current_actor()), current_language())
    name = f"{_('Data protection impact assessment')}.pdf"
    return download(paper, name, "application/pdf", inline=True)


def _page(form: ReviewForm) -> dict[str, Any]:
    return {"shown": pages.get_assessment(current_actor()), "form": form}
