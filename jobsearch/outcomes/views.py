"""Pages of outcomes: where everyone who started stands, and what is noted of one person."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.outcomes import queries, service
from jobsearch.outcomes.forms import FollowUpForm, OutcomeForm, OutcomesForm
from jobsearch.outcomes.person.views import show
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, see_other

blueprint = Blueprint("outcomes", __name__, url_prefix="/outcomes")


@blueprint.get("/<key:programme_id>")
@needs(Permission.OUTCOMES_READ)
def list_outcomes(programme_id: str) -> ResponseReturnValue:
    """Everyone who started, where they stand on the day, and the work that counts."""
    form = OutcomesForm.read(request.args)
    page = page_number()
    shown = queries.show_outcomes(
        programme_id,
        form.day,
        str(form.state.data or ""),
        own_cohorts_of(current_actor()),
        page,
        request.args.get("cohort", ""),
    )
    form.show(shown.as_of)
    return render("outcomes/list_outcomes.html", shown=shown, form=form, page=page)


@blueprint.get("/person/<key:enrolment_id>")
@needs(Permission.OUTCOMES_WRITE)
def show_person(enrolment_id: str) -> ResponseReturnValue:
    """What was noted of one person, and the forms to note more."""
    return show(enrolment_id)


@blueprint.post("/person/<key:enrolment_id>")
@needs(Permission.OUTCOMES_WRITE)
def record_outcome(enrolment_id: str) -> ResponseReturnValue:
    """Note what the person found."""
    form, actor = OutcomeForm(), current_actor()
    queries.get_followed(enrolment_id, own_cohorts_of(actor))
    if not form.attempt(lambda: service.record_outcome(actor, enrolment_id, form.found())):
        return show(enrolment_id, form)
    flash(_("The outcome was noted."))
    return see_other("outcomes.show_person", enrolment_id=enrolment_id)


@blueprint.post("/person/<key:enrolment_id>/follow-up")
@needs(Permission.OUTCOMES_WRITE)
def record_follow_up(enrolment_id: str) -> ResponseReturnValue:
    """Note what the person answered."""
    form, actor = FollowUpForm(), current_actor()
    if not form.attempt(
        lambda: service.record_follow_up(actor, enrolment_id, form.day(), form.wanted())
    ):
        return show(enrolment_id, form)
    flash(_("The answer was noted."))
    return see_other("outcomes.show_person", enrolment_id=enrolment_id)
