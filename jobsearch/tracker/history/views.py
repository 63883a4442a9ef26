"""Pages of histories: of an action and of a goal, for staff and for whose they are."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
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
    reads(history.person.id, "history of an action")
    return _page("tracker_history/show_action.html", history)


@blueprint.get("/job-search/<key:action_id>/history")
@needs(Permission.TRACKER_LOG)
def my_action(action_id: str) -> ResponseReturnValue:
    """The same of an own action."""
    history = queries.get_action_history(current_actor(), action_id)
    return _page("tracker_history/my_action.html", history)


@blueprint.get("/goals/<key:goal_id>/history")
@needs(Permission.TRACKER_READ)
def show_goal(goal_id: str) -> ResponseReturnValue:
    """Who set a goal, when, and from what it came."""
    history = queries.get_goal_history(current_actor(), goal_id)
    reads(history.person.id, "history of a goal")
    return _page("tracker_history/show_goal.html", history)


@blueprint.get("/job-search/goals/<key:goal_id>/history")
@needs(Permission.TRACKER_LOG)
def my_goal(goal_id: str) -> ResponseReturnValue:
    """The same of an own goal."""
    history = queries.get_goal_history(current_actor(), goal_id)
    return _page("tracker_history/my_goal.html", history)


def _page(template: str, history: queries.History) -> str:
    own = current_actor().account_id
    return render(template, history=history, looks=LOOKS, events=EVENT_NAMES, own_account=own)
