"""Pages of members: who belongs to the organisation, and the roles that are one's own."""

from flask import Blueprint, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.door import let_in
from jobsearch.accounts.invitations import service as invitations
from jobsearch.accounts.invitations.forms import AnswerForm
from jobsearch.accounts.invitations.queries import list_offers, list_open_invitations
from jobsearch.accounts.members import queries, service
from jobsearch.accounts.members.forms import NameForm
from jobsearch.accounts.queries import get_own_account
from jobsearch.core.access import Actor, Permission
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, page_number, render, render_invalid, see_other

blueprint = Blueprint("members", __name__)


@blueprint.get("/members")
@needs(Permission.ACCOUNTS_MEMBERS)
def list_members() -> ResponseReturnValue:
    """Who belongs to the organisation in which role, and who is invited."""
    actor, past = current_actor(), request.args.get("past") == "1"
    page = page_number()
    return render(
        "members/list_members.html",
        members=queries.list_members(actor, page, ended=past),
        invitations=[] if past else list_open_invitations(actor),
        page=page,
        past=past,
    )


@blueprint.get("/organisations")
@needs(Permission.ORGANISATIONS_FOUND)
def list_organisations() -> ResponseReturnValue:
    """The installation's organisations with how many people each has, for the operator."""
    return render("members/list_organisations.html", offices=queries.list_offices())


@blueprint.get("/municipal-coaches")
@needs(Permission.ACCOUNTS_MEMBERS)
def list_municipal_coaches() -> ResponseReturnValue:
    """The towns and their coaches, whom staff name when somebody is referred."""
    return render("members/list_municipal_coaches.html", towns=queries.list_towns(current_actor()))


@blueprint.get("/my-roles")
@needs(Permission.ACCOUNTS_OWN)
def my_roles() -> ResponseReturnValue:
    """The roles that the reader has, to act in, and those that she is invited to."""
    return render("members/my_roles.html", form=AnswerForm(), **_of(current_actor()))


@blueprint.post("/my-roles")
@needs(Permission.ACCOUNTS_OWN)
def act_in_role() -> ResponseReturnValue:
    """Act in another of one's own roles from now on; the sign-in gets a new secret."""
    actor, form = current_actor(), AnswerForm()
    if not form.attempt(service.switch_role, actor, request.form.get("role", "")):
        return render_invalid("members/my_roles.html", form=form, **_of(actor))
    return let_in(form.result, "")


@blueprint.post("/my-roles/accept")
@needs(Permission.ACCOUNTS_OWN)
def accept() -> ResponseReturnValue:
    """Take a role that one is invited to."""
    actor, form = current_actor(), AnswerForm()
    if not form.attempt(invitations.accept, actor, request.form.get("invitation", "")):
        return render_invalid("members/my_roles.html", form=form, **_of(actor))
    if form.result is not None:
        session.clear()
        return see_other("recovery.new_password", secret=form.result)
    flash(_("You have the new role. Choose it below to act in it."))
    return see_other("members.my_roles")


@blueprint.get("/account/name")
@needs(Permission.ACCOUNTS_FACTORS)
def edit_name() -> ResponseReturnValue:
    """Ask how the others read one's name."""
    account = get_own_account(current_actor().account_id)
    return render("members/edit_name.html", form=NameForm(name=account.name))


@blueprint.post("/account/name")
@needs(Permission.ACCOUNTS_FACTORS)
def save_name() -> ResponseReturnValue:
    """Keep one's own name."""
    form = NameForm()
    if not form.attempt(service.name_oneself, current_actor(), form.name.data):
        return render_invalid("members/edit_name.html", form=form)
    flash(_("Saved."))
    return see_other("accounts.my_account")


def _of(actor: Actor) -> dict[str, object]:
    account = get_own_account(actor.account_id)
    return {"roles": queries.list_own_roles(actor), "offers": list_offers(account.email)}
