"""The page of the survey at the end: what is asked, and which groups it goes to when."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.feedback.at_end import queries, service
from jobsearch.feedback.at_end.forms import EndPlanForm
from jobsearch.feedback.rules import FEWEST_SHOWN
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("surveys_at_end", __name__, url_prefix="/surveys")


@blueprint.get("/<key:programme_id>/at-end")
@needs(Permission.PROGRAMMES_WRITE)
def show_plan(programme_id: str) -> ResponseReturnValue:
    """What the groups of a programme are asked at their end, and when it goes."""
    page = _page(programme_id)
    form = EndPlanForm(formdata=None).fill(page["shown"].plan)
    return render("surveys_at_end/show_plan.html", form=form, **page)


def _page(programme_id: str) -> dict[str, Any]:
    page = page_number()
    return {"shown": queries.show_endings(programme_id, page), "fewest": FEWEST_SHOWN}


@blueprint.post("/<key:programme_id>/at-end")
@needs(Permission.PROGRAMMES_WRITE)
def save_plan(programme_id: str) -> ResponseReturnValue:
    """Keep what is asked."""
    form, actor = EndPlanForm(), current_actor()
    sends = bool(form.sends.data)
    if not form.attempt(
        lambda: service.plan_end(actor, programme_id, form.plan(), sends=sends),
    ):
        page = _page(programme_id)
        return render_invalid("surveys_at_end/show_plan.html", form=form, **page)
    flash(_("The survey at the end was saved."))
    return see_other("surveys_at_end.show_plan", programme_id=programme_id)
