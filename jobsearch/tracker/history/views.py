"""Pages of histories: of an action and of a day's goals, for staff and for whose they are."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.tracker.history import queries
from jobsearch.tracker.history.rules import EVENT_NAMES
from jobsearch.tracker.rules import LOOKS
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import reads, render

blueprint = Blueprint("tracker_history", __name__)


@blueprint.get("/actions/<key:action_id>/history")
@needs(Permission.TRACKER_READ)
def show_action(action_id: str) -> ResponseReturnValue:
    """Who said what of an action, when, and from what it came."""
    history = queries.get_action_history(current_actor(), action_id)
    reads(history.person.id, Look.ACTION_HISTORY)
    return _page("tracker_history/show_action.html", history)


@blueprint.get("/job-search/<key:action_id>/history")
@needs(Permission.TRACKER_LOG)
def my_action(action_id: str) -> ResponseReturnValue:
    """The same of an own action."""
    history = queries.get_action_history(current_actor(), action_id)
    return _page("tracker_history/my_action.html", history)


@blueprint.get("/enrolments/<key:enrolment_id>/goals/<key:day_id>/history")
@needs(Permission.TRACKER_READ)
def show_goals(enrolment_id: str, day_id: str) -> ResponseReturnValue:
    """Who set the goals of one person's day, when, and from what they came."""
    history = queries.get_goal_stories(current_actor(), day_id, enrolment_id)
    reads(history.person.id, Look.GOALS_HISTORY)
    return _page("tracker_history/show_goals.html", history)


@blueprint.get("/job-search/goals/<key:day_id>/history")
@needs(Permission.TRACKER_LOG)
def my_goals(day_id: str) -> ResponseReturnValue:
    """The same of one's own goals of a day."""
    history = queries.get_goal_stories(current_actor(), day_id)
    return _page("tracker_history/my_goals.html", history)


def _page(template: str, history: queries.History | queries.GoalStories) -> str:
    own = current_actor().account_id
    return render(template, history=history, looks=LOOKS, events=EVENT_NAMES, own_account=own)
