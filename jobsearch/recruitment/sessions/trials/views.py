"""Pages of trials: begin one, close it, and read what came of it."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.recruitment.sessions.invitations.queries import list_programmes
from jobsearch.recruitment.sessions.trials import queries, service
from jobsearch.recruitment.sessions.trials.forms import TrialForm
from jobsearch.recruitment.sessions.trials.pages import placeholders, trial_page
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("recruitment_trials", __name__, url_prefix="/info-sessions/wordings")


@blueprint.get("")
@needs(Permission.RECRUITMENT_READ)
def list_trials() -> ResponseReturnValue:
    """Every trial, those that run first."""
    page = page_number()
    pages = max(1, -(-queries.count_trials() // queries.PAGE))
    trials = queries.list_trials(page)
    return render("recruitment_trials/list_trials.html", trials=trials, page=page, pages=pages)


@blueprint.get("/new")
@needs(Permission.RECRUITMENT_WRITE)
def new_trial() -> ResponseReturnValue:
    """Ask for the two wordings."""
    return render("recruitment_trials/new_trial.html", **_form_page(TrialForm()))


def _form_page(form: TrialForm) -> dict[str, Any]:
    form.offer(list_programmes())
    return {"form": form, "placeholders": placeholders()}


@blueprint.post("")
@needs(Permission.RECRUITMENT_WRITE)
def begin_trial() -> ResponseReturnValue:
    """Begin a trial."""
    form = TrialForm()
    page = _form_page(form)
    texts = form.first.data, form.second.data
    which = form.programme_id.data, form.tried.data, form.language.data
    if not form.attempt(service.begin_trial, current_actor(), *which, *texts):
        return render_invalid("recruitment_trials/new_trial.html", **page)
    flash(_("The trial runs. Each candidate gets one of the wordings, drawn at random."))
    return see_other("recruitment_trials.show_trial", trial_id=form.result.id)


@blueprint.get("/<key:trial_id>")
@needs(Permission.RECRUITMENT_READ)
def show_trial(trial_id: str) -> ResponseReturnValue:
    """A trial; what came of it only when it is closed."""
    return render("recruitment_trials/show_trial.html", **trial_page(trial_id))


@blueprint.post("/<key:trial_id>/close")
@needs(Permission.RECRUITMENT_WRITE)
def close_trial(trial_id: str) -> ResponseReturnValue:
    """Close a trial and show its figures."""
    service.close_trial(trial_id, request.form.get("version", 0, type=int))
    flash(_("The trial is closed. Here is what came of it."))
    return see_other("recruitment_trials.show_trial", trial_id=trial_id)
