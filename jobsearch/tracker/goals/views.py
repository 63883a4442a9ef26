"""Pages of goals: a person's own, one person's for her coach, a group's, and a programme's ramp."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.core.looks import Look
from jobsearch.tracker.goals import queries, service
from jobsearch.tracker.goals.forms import GoalForm, RampForm
from jobsearch.tracker.goals.rules import PILOT, shipped_ramp
from jobsearch.tracker.queries import get_person
from jobsearch.tracker.rules import LOOKS, SEARCH_ACTIVITIES, Activity
from jobsearch.web.forms import Form
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, reads, render, see_other

blueprint = Blueprint("tracker_goals", __name__)
_RAMP = "/programmes/<key:programme_id>/ramp"
_GROUP = "/cohorts/<key:cohort_id>/goals"


def _drawn(template: str, **page: Any) -> str:
    return render(f"tracker_goals/{template}", looks=LOOKS, kinds=SEARCH_ACTIVITIES, **page)


def _own(form: Form | None = None) -> str:
    actor = current_actor()
    goals = queries.find_goal_days(actor, actor.person_id or "")
    return _drawn("my_goals.html", goals=goals, form=form)


def _of(person_id: str, form: Form | None = None) -> str:
    actor = current_actor()
    person, goals = get_person(actor, person_id), queries.find_goal_days(actor, person_id)
    reads(person_id, Look.GOALS)
    return _drawn("show_goals.html", goals=goals, person=person, form=form)


def _keep(
    person_id: str, day_id: str, activity: str, again: Callable[[Form], str]
) -> ResponseReturnValue | None:
    """Try it; the page again where it cannot be."""
    if activity not in tuple(Activity):
        raise NotVisible
    form, actor = GoalForm(), current_actor()

    def keep() -> None:
        service.set_goal_of(actor, person_id, day_id, Activity(activity), form.target)

    return None if form.attempt(keep) else (again(form), 422)


@blueprint.get("/job-search/goals")
@needs(Permission.TRACKER_LOG)
def my_goals() -> ResponseReturnValue:
    """The own goals of every day of the three weeks, and what was done."""
    return _own()


@blueprint.post("/job-search/goals/<key:day_id>/<activity>")
@needs(Permission.TRACKER_LOG)
def set_my_goal(day_id: str, activity: str) -> ResponseReturnValue:
    """Set one own goal of today or ahead."""
    refused = _keep(current_actor().person_id or "", day_id, activity, _own)
    return refused or see_other("tracker_goals.my_goals", _anchor=f"d-{day_id}")


@blueprint.get("/people/<key:person_id>/goals")
@needs(Permission.TRACKER_WRITE)
def show_goals(person_id: str) -> ResponseReturnValue:
    """One person's goals, for her coach."""
    return _of(person_id)


@blueprint.post("/people/<key:person_id>/goals/<key:day_id>/<activity>")
@needs(Permission.TRACKER_WRITE)
def set_goal(person_id: str, day_id: str, activity: str) -> ResponseReturnValue:
    """Set one goal of a person, as she and her coach agreed."""
    refused = _keep(person_id, day_id, activity, lambda form: _of(person_id, form))
    page = "tracker_goals.show_goals"
    return refused or see_other(page, person_id=person_id, _anchor=f"d-{day_id}")


@blueprint.get(_GROUP)
@needs(Permission.TRACKER_READ)
def show_group(cohort_id: str) -> ResponseReturnValue:
    """Everyone's goals of the days ahead, and what the ramp would propose."""
    group = queries.get_group_goals(current_actor(), cohort_id)
    return _drawn("show_group.html", group=group)


@blueprint.post(f"{_GROUP}/propose")
@needs(Permission.TRACKER_WRITE)
def propose_goals(cohort_id: str) -> ResponseReturnValue:
    """Propose goals where there are none."""
    days = service.propose_goals(current_actor(), cohort_id)
    flash(ngettext("Proposed for %(num)d day.", "Proposed for %(num)d days.", days))
    return see_other("tracker_goals.show_group", cohort_id=cohort_id)


@blueprint.post(f"{_GROUP}/take-back")
@needs(Permission.TRACKER_WRITE)
def take_back_goals(cohort_id: str) -> ResponseReturnValue:
    """Take all proposed goals back that nobody has set since."""
    service.take_back_goals(current_actor(), cohort_id)
    flash(_("Taken back. What somebody has set since stays."))
    return see_other("tracker_goals.show_group", cohort_id=cohort_id)


def _ramp_page(programme_id: str, form: RampForm | None = None) -> str:
    found = queries.get_ramp(programme_id)
    return _drawn(
        "show_ramp.html",
        found=found,
        shipped=shipped_ramp(len(found.ramp)),
        form=form or RampForm.of(found.ramp),
        pilot=PILOT,
    )


@blueprint.get(_RAMP)
@needs(Permission.PROGRAMMES_READ)
def show_ramp(programme_id: str) -> ResponseReturnValue:
    """What a programme proposes week by week."""
    return _ramp_page(programme_id)


@blueprint.post(_RAMP)
@needs(Permission.PROGRAMMES_WRITE)
def keep_ramp(programme_id: str) -> ResponseReturnValue:
    """Keep other numbers."""
    form = RampForm().of_weeks(len(queries.get_ramp(programme_id).ramp))
    if not form.attempt(lambda: service.keep_ramp(programme_id, form.wanted())):
        return _ramp_page(programme_id, form), 422
    flash(_("The ramp is kept. Goals that are set already stay."))
    return see_other("tracker_goals.show_ramp", programme_id=programme_id)


@blueprint.post(f"{_RAMP}/shipped")
@needs(Permission.PROGRAMMES_WRITE)
def drop_ramp(programme_id: str) -> ResponseReturnValue:
    """Go back to the shipped proposal."""
    service.drop_ramp(programme_id)
    flash(_("The shipped proposal holds again."))
    return see_other("tracker_goals.show_ramp", programme_id=programme_id)
