"""Pages of organisations: found one, and the settings of one's own."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.core.access import Permission
from jobsearch.core.files import room
from jobsearch.organisations import queries, service
from jobsearch.organisations.forms import DetailsForm, FoundingForm
from jobsearch.organisations.rules import OrganisationKind, missing_details
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other
from jobsearch.web.sections import settings_sections

blueprint = Blueprint("organisations", __name__)


@blueprint.get("/organisations/new")
@needs(Permission.ORGANISATIONS_FOUND)
def new_organisation() -> ResponseReturnValue:
    """Ask what is founded."""
    return render("organisations/new_organisation.html", form=FoundingForm())


@blueprint.post("/organisations/new")
@needs(Permission.ORGANISATIONS_FOUND, fresh=True)
def found() -> ResponseReturnValue:
    """Found an organisation; next its first manager is invited."""
    form = FoundingForm()
    if not form.attempt(lambda: _found(form)):
        return render_invalid("organisations/new_organisation.html", form=form)
    flash(_("%(name)s is founded. Now invite its first people.", name=form.result.name))
    return see_other("invitations.new_invitation", organisation_id=form.result.id)


def _found(form: FoundingForm) -> object:
    is_provider = form.kind.data == OrganisationKind.PROVIDER.value
    make = service.found_provider if is_provider else service.found_municipality
    return make(form.name.data or "", business_id=form.business_id.data)


@blueprint.get("/settings")
@needs(Permission.ORGANISATIONS_SETTINGS)
def settings() -> ResponseReturnValue:
    """Who the organisation is, and everything else that it decides for itself."""
    organisation = queries.get_organisation(current_actor().organisation_id)
    return render(
        "organisations/settings.html",
        organisation=organisation,
        missing=missing_details(queries.details_of(organisation)),
        room=room() if organisation.kind is OrganisationKind.PROVIDER else None,
        sections=settings_sections(current_app.config["JOBSEARCH_PAGES"]),
    )


@blueprint.get("/settings/organisation")
@needs(Permission.ORGANISATIONS_SETTINGS)
def edit_details() -> ResponseReturnValue:
    """The form of the organisation's details."""
    organisation = queries.get_organisation(current_actor().organisation_id)
    return render("organisations/edit_details.html", form=DetailsForm(obj=organisation))


@blueprint.post("/settings/organisation")
@needs(Permission.ORGANISATIONS_SETTINGS)
def save_details() -> ResponseReturnValue:
    """Keep the organisation's details."""
    form = DetailsForm()
    values = (current_actor(), form.seen(), form.details())
    if not form.attempt(service.edit_details, *values):
        return render_invalid("organisations/edit_details.html", form=form)
    flash(_("Saved."))
    return see_other("organisations.settings")
