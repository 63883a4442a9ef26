"""Pages of correcting: an action, one that was never logged, and the goals of a day."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.tracker import queries as tracker
from jobsearch.tracker.corrections import queries, service
from jobsearch.tracker.corrections.forms import CorrectionForm, GoalsForm, LateActionForm
from jobsearch.tracker.corrections.service import Facts, Reason
from jobsearch.tracker.rules import LOOKS
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, render_invalid, see_other

blueprint = Blueprint("tracker_corrections", __name__)
_GOALS = "/enrolments/<key:enrolment_id>/goals/<key:day_id>/correct"


@blueprint.get("/actions/<key:action_id>/correct")
@needs(Permission.TRACKER_WRITE)
def show_action(action_id: str) -> ResponseReturnValue:
    """An action of a locked day or of a file, to be corrected with a reason."""
    return render("tracker_corrections/correct_action.html", **_action_page(action_id, filled=True))


@blueprint.post("/actions/<key:action_id>/correct")
@needs(Permission.TRACKER_WRITE)
def correct_action(action_id: str) -> ResponseReturnValue:
    """Let another action take its place, or call it a mistake."""
    page = _action_page(action_id, filled=False)
    form: CorrectionForm = page["form"]
    if not form.attempt(_correct, action_id, form):
        return render_invalid("tracker_corrections/correct_action.html", **page)
    flash(_("Corrected. What stood there before stays in the history."))
    return see_other("tracker_history.show_action", action_id=form.result.id)


def _correct(action_id: str, form: CorrectionForm) -> object:
    at = (current_actor(), action_id, form.seen())
    if form.is_mistake:
        return service.call_it_a_mistake(*at, Reason(**form.why()))
    return service.correct_action(*at, Facts(**form.facts()), Reason(**form.why()))


@blueprint.get("/people/<key:person_id>/log/late")
@needs(Permission.TRACKER_WRITE)
def log_late(person_id: str) -> ResponseReturnValue:
    """Something that was done on a locked day and never logged."""
    return render("tracker_corrections/log_late.html", **_late_page(person_id))


@blueprint.post("/people/<key:person_id>/log/late")
@needs(Permission.TRACKER_WRITE)
def add_action(person_id: str) -> ResponseReturnValue:
    """Add it with a reason."""
    page = _late_page(person_id)
    form: LateActionForm = page["form"]
    if not form.attempt(_add, person_id, form):
        return render_invalid("tracker_corrections/log_late.html", **page)
    flash(_("Logged for %(name)s.", name=page["person"].given_name))
    return see_other("tracker_history.show_action", action_id=form.result.id)


def _add(person_id: str, form: LateActionForm) -> object:
    why = Reason(**form.why())
    return service.add_action(current_actor(), person_id, Facts(**form.facts()), why)


@blueprint.get(_GOALS)
@needs(Permission.TRACKER_WRITE)
def show_goals(enrolment_id: str, day_id: str) -> ResponseReturnValue:
    """The goals of one person's locked day, to be corrected with a reason."""
    day = queries.get_goals_of_day(current_actor(), enrolment_id, day_id)
    reads(day.person.id, Look.GOALS)
    return _goals_page(day, GoalsForm.of(day.targets))


@blueprint.post(_GOALS)
@needs(Permission.TRACKER_WRITE)
def correct_goals(enrolment_id: str, day_id: str) -> ResponseReturnValue:
    """Keep the corrected goals."""
    actor, form = current_actor(), GoalsForm()
    day = queries.get_goals_of_day(actor, enrolment_id, day_id)
    if not form.attempt(_set_goals, day, form):
        return _goals_page(day, form), 422
    flash(_("Corrected. What stood there before stays in the history."))
    whose = {"enrolment_id": enrolment_id, "day_id": day_id}
    return see_other("tracker_history.show_goals", **whose)


def _set_goals(day: queries.GoalsOfDay, form: GoalsForm) -> int:
    whose = (current_actor(), day.place.enrolment_id, day.day_id)
    return service.correct_goals(*whose, form.targets(), Reason(**form.why()))


def _goals_page(day: queries.GoalsOfDay, form: GoalsForm) -> str:
    return render("tracker_corrections/correct_goals.html", form=form, day=day)


def _action_page(action_id: str, *, filled: bool) -> dict[str, Any]:
    action = tracker.get_action(current_actor(), action_id)
    form = CorrectionForm(obj=action if filled else None).of_source(action.source)
    employers = tracker.recent_employers(action.person_id, action.employer_id)
    form.offer(employers, own=False)
    reads(action.person_id, Look.ACTION)
    return {"form": form, "action": action, "looks": LOOKS}


def _late_page(person_id: str) -> dict[str, Any]:
    person = tracker.get_person(current_actor(), person_id)
    reads(person.id, Look.ACTIONS)
    form = LateActionForm()
    form.offer(tracker.recent_employers(person_id), own=False)
    return {"form": form, "person": person}
