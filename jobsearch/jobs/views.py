"""The page of what the scheduler did."""

from flask import Blueprint

from jobsearch.core.access import Permission
from jobsearch.jobs import queries
from jobsearch.web.gate import needs
from jobsearch.web.pages import render

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/jobs")
@needs(Permission.JOBS_READ)
def list_runs() -> str:
    """The newest turns: which job, when due, how it went."""
    return render("jobs/list_runs.html", runs=queries.list_runs())
