"""Pages of results: what came of the actions of oneself, a person, a group and a programme."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.tracker.funnel import page
from jobsearch.tracker.funnel.exports import MEDIA_TYPES, sheet
from jobsearch.tracker.funnel.forms import PeriodForm
from jobsearch.tracker.funnel.rules import STEP_NAMES
from jobsearch.tracker.lists.filters import filters_of
from jobsearch.tracker.lists.forms import FilterForm
from jobsearch.tracker.lists.queries import list_actions
from jobsearch.tracker.rules import ACTIVITIES, LOOKS
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download, page_number, reads, render

blueprint = Blueprint("tracker_funnel", __name__)


def _drawn(template: str, results: page.Results, **more: object) -> str:
    return render(
        f"tracker_funnel/{template}",
        results=results,
        looks=LOOKS,
        steps=STEP_NAMES,
        kinds=ACTIVITIES,
        **more,
    )


def _file(results: page.Results, ending: str) -> Response:
    table = request.args.get("table", "")
    name = f"{_('results')}-{results.days.last.isoformat()}.{ending}"
    return download(sheet(results, table, ending), name, MEDIA_TYPES[ending])


def _lists_people() -> bool:
    """Whether the file that is asked for has a group's people by name."""
    return request.args.get("table") == "people"


@blueprint.get("/job-search/results")
@needs(Permission.TRACKER_LOG)
def my_results() -> ResponseReturnValue:
    """What came of a participant's own actions."""
    return _drawn("my_results.html", page.of_oneself(current_actor()))


@blueprint.get("/job-search/results.csv", defaults={"ending": "csv"})
@blueprint.get("/job-search/results.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_LOG)
@heavy
def my_sheet(ending: str) -> ResponseReturnValue:
    """The same as a file."""
    return _file(page.of_oneself(current_actor()), ending)


@blueprint.get("/job-search/results/actions")
@needs(Permission.TRACKER_LOG)
def my_rows() -> ResponseReturnValue:
    """The own actions behind a figure, by what its link narrows them to."""
    actor, kept, number = current_actor(), FilterForm(request.args).kept(), page_number()
    actions = list_actions(actor, filters_of(actor, kept), number)
    return render(
        "tracker_funnel/my_rows.html", actions=actions, page=number, kept=kept, looks=LOOKS
    )


@blueprint.get("/people/<key:person_id>/search")
@needs(Permission.TRACKER_READ)
def show_person(person_id: str) -> ResponseReturnValue:
    """What came of one person's actions."""
    results = page.of_person(current_actor(), person_id)
    reads(person_id, Look.RESULTS)
    return _drawn("show_person.html", results, person_id=person_id)


@blueprint.get("/people/<key:person_id>/search.csv", defaults={"ending": "csv"})
@blueprint.get("/people/<key:person_id>/search.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_READ)
@heavy
def person_sheet(person_id: str, ending: str) -> ResponseReturnValue:
    """The same as a file."""
    results = page.of_person(current_actor(), person_id)
    reads(person_id, Look.RESULTS)
    return _file(results, ending)


@blueprint.get("/cohorts/<key:cohort_id>/search")
@needs(Permission.TRACKER_READ)
def show_group(cohort_id: str) -> ResponseReturnValue:
    """What came of a group's actions, with its people by name."""
    form = PeriodForm.read(request.args)
    results = page.of_group(current_actor(), cohort_id, form)
    return _drawn("show_group.html", results, form=form, cohort_id=cohort_id)


@blueprint.get("/cohorts/<key:cohort_id>/search.csv", defaults={"ending": "csv"})
@blueprint.get("/cohorts/<key:cohort_id>/search.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_READ, fresh=_lists_people)
@heavy
def group_sheet(cohort_id: str, ending: str) -> ResponseReturnValue:
    """The same as a file."""
    form = PeriodForm.read(request.args)
    return _file(page.of_group(current_actor(), cohort_id, form), ending)


@blueprint.get("/programmes/<key:programme_id>/search")
@needs(Permission.TRACKER_READ)
def show_programme(programme_id: str) -> ResponseReturnValue:
    """What came of a programme's actions, with its groups by their first day."""
    form, number = PeriodForm.read(request.args), page_number()
    results = page.of_programme(current_actor(), programme_id, form, number)
    return _drawn("show_programme.html", results, form=form, programme_id=programme_id, page=number)


@blueprint.get("/programmes/<key:programme_id>/search.csv", defaults={"ending": "csv"})
@blueprint.get("/programmes/<key:programme_id>/search.xlsx", defaults={"ending": "xlsx"})
@needs(Permission.TRACKER_READ)
@heavy
def programme_sheet(programme_id: str, ending: str) -> ResponseReturnValue:
    """The same as a file, all groups in it."""
    form = PeriodForm.read(request.args)
    return _file(page.of_programme(current_actor(), programme_id, form, None), ending)
