"""The coach's pages of the follow-up: who is to be asked, calls, and when a programme asks."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.outcomes.following import queries, rows, service
from jobsearch.outcomes.following.forms import CallForm, DueForm, PlanForm
from jobsearch.outcomes.person.views import show
from jobsearch.outcomes.rules import own_cohorts_of
from jobsearch.outcomes.told.queries import count_told
from jobsearch.outcomes.views import blueprint
from jobsearch.programmes.queries import get_programme
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

__all__ = ["blueprint"]


@blueprint.get("/follow-up")
@needs(Permission.OUTCOMES_WRITE)
def list_due() -> ResponseReturnValue:
    """Who is to be asked now; what waits longest comes first."""
    form = DueForm(request.args)
    page = page_number()
    coach_id = own_cohorts_of(current_actor())
    shown = queries.show_due(form.wanted(), page, coach_id)
    told = count_told(coach_id)
    return render("outcomes/list_due.html", shown=shown, form=form, told=told)


@blueprint.post("/person/<key:enrolment_id>/call")
@needs(Permission.OUTCOMES_WRITE)
def log_call(enrolment_id: str) -> ResponseReturnValue:
    """Log a call, with the answer if the person was reached."""
    form, actor = CallForm(), current_actor()
    queries.get_followed_person(enrolment_id, own_cohorts_of(actor))
    if not form.attempt(lambda: service.log_call(actor, enrolment_id, form.answer())):
        return show(enrolment_id, form)
    flash(_("The call was logged."))
    return see_other("outcomes.show_person", enrolment_id=enrolment_id)


@blueprint.post("/person/<key:enrolment_id>/do-not-ask")
@needs(Permission.OUTCOMES_WRITE)
def stop_asking(enrolment_id: str) -> ResponseReturnValue:
    """Write down that the person does not want to be asked."""
    service.stop_asking_of(current_actor(), enrolment_id)
    flash(_("Noted: this person is not asked any more."))
    return see_other("outcomes.show_person", enrolment_id=enrolment_id)


@blueprint.post("/person/<key:enrolment_id>/ask-again")
@needs(Permission.OUTCOMES_WRITE)
def ask_again(enrolment_id: str) -> ResponseReturnValue:
    """Write down that the person may be asked after all."""
    service.ask_again(current_actor(), enrolment_id)
    flash(_("Noted: this person may be asked again."))
    return see_other("outcomes.show_person", enrolment_id=enrolment_id)


@blueprint.get("/follow-up/plan/<key:programme_id>")
@needs(Permission.PROGRAMMES_WRITE)
def edit_plan(programme_id: str) -> ResponseReturnValue:
    """When the people of a programme are asked."""
    programme = get_programme(programme_id)
    plan = queries.plan_of(rows.find_plan(programme_id), programme.follow_up_months)
    form = PlanForm(formdata=None)
    form.points.data = [str(point) for point in plan.points]
    form.scheme.data, form.version.data = plan.scheme, str(plan.version)
    return render("outcomes/edit_plan.html", programme=programme, form=form)


@blueprint.post("/follow-up/plan/<key:programme_id>")
@needs(Permission.PROGRAMMES_WRITE)
def save_plan(programme_id: str) -> ResponseReturnValue:
    """Keep when they are asked."""
    form = PlanForm()
    programme = get_programme(programme_id)
    values = form.months(), form.wanted(), form.seen()
    if not form.attempt(service.plan_follow_up, current_actor(), programme_id, *values):
        return render_invalid("outcomes/edit_plan.html", programme=programme, form=form)
    flash(_("The times of the follow-up were saved."))
    return see_other("programmes.show_programme", programme_id=programme_id)
