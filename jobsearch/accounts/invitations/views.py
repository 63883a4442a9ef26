"""Pages of invitations: send one, and answer one."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.invitations import queries, service
from jobsearch.accounts.invitations.forms import AnswerForm, InvitationForm
from jobsearch.accounts.invitations.queries import PURPOSE
from jobsearch.core.access import Permission
from jobsearch.organisations.queries import get_organisation
from jobsearch.web.gate import by_link, current_actor, current_link, needs
from jobsearch.web.limits import at_most, network
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/organisations/<key:organisation_id>/invite")
@needs(Permission.ACCOUNTS_MEMBERS)
def new_invitation(organisation_id: str) -> ResponseReturnValue:
    """Ask whom to invite to what."""
    roles = service.roles_offered(current_actor(), organisation_id)
    organisation = get_organisation(organisation_id)
    form = InvitationForm(language=organisation.language)
    form.offer(roles)
    return render("invitations/new_invitation.html", form=form, organisation=organisation)


@blueprint.post("/organisations/<key:organisation_id>/invite")
@needs(Permission.ACCOUNTS_MEMBERS, fresh=True)
@at_most("60 per hour", by=network)
def invite(organisation_id: str) -> ResponseReturnValue:
    """Send an invitation."""
    actor, form = current_actor(), InvitationForm()
    form.offer(service.roles_offered(actor, organisation_id))
    if not form.attempt(lambda: service.invite(actor, **_asked(form, organisation_id))):
        organisation = get_organisation(organisation_id)
        page = "invitations/new_invitation.html"
        return render_invalid(page, form=form, organisation=organisation)
    flash(_("The invitation is on its way to %(email)s.", email=form.result.email))
    return see_other("members.list_members")


def _asked(form: InvitationForm, organisation_id: str) -> dict[str, Any]:
    return {
        "email": form.email.data,
        "name": form.name.data,
        "role": form.chosen(),
        "organisation_id": organisation_id,
        "language": form.language.data,
    }


@blueprint.post("/invitations/<key:invitation_id>/resend")
@needs(Permission.ACCOUNTS_MEMBERS)
@at_most("60 per hour", by=network)
def resend(invitation_id: str) -> ResponseReturnValue:
    """Send an invitation again."""
    invitation = service.resend(current_actor(), invitation_id)
    flash(_("The invitation is on its way to %(email)s.", email=invitation.email))
    return see_other("members.list_members")


@blueprint.post("/invitations/<key:invitation_id>/revoke")
@needs(Permission.ACCOUNTS_MEMBERS)
def revoke(invitation_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    service.revoke(current_actor(), invitation_id)
    flash(_("The invitation is taken back. Its link opens nothing any more."))
    return see_other("members.list_members")


@blueprint.get("/invitation/<link_secret>")
@by_link(PURPOSE)
def open_invitation(link_secret: str) -> ResponseReturnValue:
    """Show who invites to what, with a button; nothing is spent."""
    return _show_offer(link_secret, AnswerForm())


@blueprint.post("/invitation/<link_secret>")
@by_link(PURPOSE)
@at_most("30 per 10 minutes", by=network)
def accept_as_new(link_secret: str) -> ResponseReturnValue:
    """Make the account; on to the choice of a password, or to signing in by code."""
    link, form = current_link(), AnswerForm()
    if not form.attempt(service.accept_as_new, link.subject_id, link.link_id):
        return _show_offer(link_secret, form), 422
    if form.result is None:
        flash(_("Welcome. Sign in with a code that we send to your e-mail."))
        return see_other("accounts.sign_in")
    return see_other("recovery.new_password", secret=form.result)


def _show_offer(link_secret: str, form: AnswerForm) -> str:
    return render(
        "invitations/open_invitation.html",
        offer=queries.get_offer(current_link().subject_id),
        link_secret=link_secret,
        form=form,
    )
