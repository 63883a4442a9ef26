"""Pages of what the scheduler did and will do."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.errors import RuleBroken
from jobsearch.jobs import queries, service
from jobsearch.jobs.forms import LedgerForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, see_other
from jobsearch.web.words import say, say_rule

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/jobs")
@needs(Permission.JOBS_READ)
def list_jobs() -> str:
    """What failed, and every job with its last and its next turn."""
    return render("jobs/list_jobs.html", my=queries.overview(), say=say)


@blueprint.get("/jobs/turns")
@needs(Permission.JOBS_READ)
def list_runs() -> str:
    """The ledger: the newest turns, of all jobs or of one."""
    form = LedgerForm(request.args)
    form.offer(queries.list_titles())
    page = page_number()
    runs, pages = queries.list_runs(form.job.data, failed=form.state.data == "failed", page=page)
    return render("jobs/list_runs.html", filters=form, runs=runs, page=page, pages=pages, say=say)


@blueprint.post("/jobs/<key:job_id>/run")
@needs(Permission.JOBS_RUN)
def ask_run(job_id: str) -> ResponseReturnValue:
    """Ask for an extra turn of a job, now."""
    try:
        service.ask_run(current_actor(), job_id)
    except RuleBroken as broken:
        flash(say_rule(broken), "info")
    else:
        flash(_("Asked for. The scheduler starts it within seconds; this page then shows it."))
    return see_other("jobs.list_jobs")
