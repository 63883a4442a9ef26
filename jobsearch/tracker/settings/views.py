"""The manager's page of the settings of the tracker."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.tracker.settings import queries, service
from jobsearch.tracker.settings.forms import SettingsForm
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("tracker_settings", __name__)


@blueprint.get("/settings/job-search")
@needs(Permission.ORGANISATIONS_SETTINGS)
def edit_settings() -> ResponseReturnValue:
    """How the provider follows the search."""
    settings = queries.settings_of(current_actor().organisation_id)
    return render("tracker_settings/edit_settings.html", form=SettingsForm(obj=settings))


@blueprint.post("/settings/job-search")
@needs(Permission.ORGANISATIONS_SETTINGS)
def save_settings() -> ResponseReturnValue:
    """Keep it."""
    form = SettingsForm()
    if not form.attempt(lambda: service.save_settings(current_actor(), *form.wanted())):
        return render_invalid("tracker_settings/edit_settings.html", form=form)
    flash(_("Saved."))
    return see_other("tracker_settings.edit_settings")
