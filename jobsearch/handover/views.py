"""Pages of one member: change her role, or let her go."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.members.service import help_in
from jobsearch.core.access import Permission
from jobsearch.handover import queries, service
from jobsearch.handover.forms import EndForm, RoleForm
from jobsearch.handover.rules import HOLDS_CLIENTS
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other

blueprint = Blueprint("handover", __name__)
_PAGE = "handover/show_member.html"
_END = "handover/end_membership.html"


@blueprint.get("/members/<key:membership_id>")
@needs(Permission.ACCOUNTS_MEMBERS)
def show_member(membership_id: str) -> ResponseReturnValue:
    """One member with her role and the groups that she holds."""
    leaving = queries.get_leaving(current_actor(), membership_id)
    return render(_PAGE, leaving=leaving, form=_role_form(leaving))


@blueprint.post("/members/<key:membership_id>/role")
@needs(Permission.ACCOUNTS_MEMBERS, fresh=True)
def change_role(membership_id: str) -> ResponseReturnValue:
    """Give her another role; her sign-ins in the old one end at once."""
    leaving = queries.get_leaving(current_actor(), membership_id)
    form, name = _role_form(leaving), leaving.member.account.name
    if not form.attempt(
        lambda: service.change_role(
            current_actor(), membership_id, form.chosen(), form.chosen_successor()
        )
    ):
        return render_invalid(_PAGE, leaving=leaving, form=form)
    flash(_("The role of %(name)s is changed.", name=name))
    return see_other("handover.show_member", membership_id=form.result.id)


@blueprint.get("/members/<key:membership_id>/end")
@needs(Permission.ACCOUNTS_MEMBERS)
def ask_end(membership_id: str) -> ResponseReturnValue:
    """What it means that she leaves, before it is done."""
    leaving = queries.get_leaving(current_actor(), membership_id)
    return render(_END, leaving=leaving, form=_end_form(leaving))


@blueprint.post("/members/<key:membership_id>/end")
@needs(Permission.ACCOUNTS_MEMBERS, fresh=True)
def end_membership(membership_id: str) -> ResponseReturnValue:
    """Let her go; her sign-ins end at once."""
    leaving = queries.get_leaving(current_actor(), membership_id)
    form, values = _end_form(leaving), (current_actor(), membership_id)
    if not form.attempt(lambda: service.end_membership(*values, form.chosen_successor())):
        return render_invalid(_END, leaving=leaving, form=form)
    flash(_("%(name)s can't sign in here any more.", name=leaving.member.account.name))
    return see_other("accounts.sign_in" if leaving.is_self else "members.list_members")


@blueprint.post("/members/<key:membership_id>/start-again")
@needs(Permission.ACCOUNTS_MEMBERS, fresh=True)
def start_again(membership_id: str) -> ResponseReturnValue:
    """Let her make anew what she signs in with; the link goes to her own address."""
    member = help_in(current_actor(), membership_id)
    flash(_("A link is on its way to %(email)s.", email=member.account.email))
    return see_other("handover.show_member", membership_id=membership_id)


def _role_form(leaving: queries.Leaving) -> RoleForm:
    form = RoleForm()
    form.offer_roles(leaving.roles)
    form.offer_coaches(leaving.coaches, has_groups=bool(leaving.groups))
    return form


def _end_form(leaving: queries.Leaving) -> EndForm:
    form = EndForm()
    if leaving.member.role in HOLDS_CLIENTS:
        form.offer_clients(leaving.coaches, clients=leaving.clients)
    else:
        form.offer_coaches(leaving.coaches, has_groups=bool(leaving.groups))
    return form
