"""The lists of the tracker as files to keep: CSV and XLSX."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.tracker.lists import whole
from jobsearch.tracker.lists.exports import goals_table, own_table, staff_table
from jobsearch.tracker.lists.filters import filters_of
from jobsearch.tracker.lists.forms import FilterForm
from jobsearch.tracker.queries import get_person
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import reads
from jobsearch.web.sheets import sheet

blueprint = Blueprint("tracker_lists", __name__)


@blueprint.get("/actions.csv", defaults={"ending": "csv"})
@blueprint.get("/actions.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_READ, fresh=True)
@heavy
def actions_file(ending: str) -> ResponseReturnValue:
    """Staff's list of actions with the same filters, all pages of it."""
    actor = current_actor()
    listed = whole.every_action(actor, filters_of(actor, FilterForm(request.args).kept()))
    for person_id in sorted(listed.person_ids):
        reads(person_id, Look.ACTIONS_FILE)
    return sheet(_("Job search"), *staff_table(listed), ending, actor.zone)


@blueprint.get("/job-search/actions.csv", defaults={"ending": "csv"})
@blueprint.get("/job-search/actions.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_LOG)
@heavy
def own_actions_file(ending: str) -> ResponseReturnValue:
    """A participant's own actions, with her notes and what she hides from her group."""
    actor = current_actor()
    listed = whole.own_actions(actor.person_id or "")
    return sheet(_("My job search"), *own_table(listed), ending, actor.zone)


@blueprint.get("/people/<key:person_id>/goals.csv", defaults={"ending": "csv"})
@blueprint.get("/people/<key:person_id>/goals.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_READ)
@heavy
def goals_file(person_id: str, ending: str) -> ResponseReturnValue:
    """One person's goals."""
    actor = current_actor()
    person = get_person(actor, person_id)
    reads(person.id, Look.GOALS_FILE)
    goals = goals_table(whole.goals_of(person.id))
    title = _("Goals of %(name)s", name=person.full_name)
    return sheet(title, *goals, ending, actor.zone)


@blueprint.get("/job-search/goals.csv", defaults={"ending": "csv"})
@blueprint.get("/job-search/goals.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_LOG)
@heavy
def own_goals_file(ending: str) -> ResponseReturnValue:
    """A participant's own goals."""
    actor = current_actor()
    goals = goals_table(whole.goals_of(actor.person_id or ""))
    return sheet(_("My goals"), *goals, ending, actor.zone)
