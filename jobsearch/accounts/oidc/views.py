"""Pages of signing in by the organisation's own provider: out to it, and back."""

from flask import Blueprint, Response, make_response, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.door import device_name, let_half_in, let_in, local_path, next_path
from jobsearch.accounts.oidc import queries, service
from jobsearch.accounts.oidc.browser import allow_here, way_back
from jobsearch.accounts.oidc.forms import DoorForm, ReturnForm, WorkEmailForm
from jobsearch.core.errors import RuleBroken
from jobsearch.web.gate import public
from jobsearch.web.limits import at_most, network
from jobsearch.web.pages import render, render_invalid, see_other
from jobsearch.web.unit import keep_refusal
from jobsearch.web.words import say_rule

blueprint = Blueprint("oidc", __name__)
_SECRET, _NEXT, _EMAIL = "provider_request", "provider_next", "provider_email"
_TRIES = "60 per 10 minutes"


@blueprint.get("/sign-in/organisation")
@public
def ask_organisation() -> ResponseReturnValue:
    """Ask for a work address, whose domain says which provider it is."""
    return render("accounts/organisation.html", form=WorkEmailForm(), doors=[], next=next_path())


@blueprint.post("/sign-in/organisation")
@public
@at_most(_TRIES, by=network)
def find_organisation() -> ResponseReturnValue:
    """Offer the providers of the domain; the answer depends on the domain alone."""
    form = WorkEmailForm()
    if not form.attempt(queries.list_doors, form.email.data):
        return render_invalid("accounts/organisation.html", form=form, doors=[], next=next_path())
    if not form.result:
        form.refuse(RuleBroken(service.NO_PROVIDER, field="email"))
        return render_invalid("accounts/organisation.html", form=form, doors=[], next=next_path())
    return render("accounts/organisation.html", form=form, doors=form.result, next=next_path())


@blueprint.post("/sign-in/organisation/go")
@public
@at_most(_TRIES, by=network)
def set_out() -> ResponseReturnValue:
    """Begin an errand to the provider that was chosen."""
    form = DoorForm()
    session[_SECRET] = service.set_out(form.provider_id.data or "")
    session[_NEXT] = next_path()
    session[_EMAIL] = form.email.data or ""
    return see_other("oidc.leave")


@blueprint.get("/sign-in/organisation/go")
@public
def leave() -> ResponseReturnValue:
    """Send the browser to the provider; a link stands there too."""
    if _SECRET not in session:  # nothing was begun here: an old address, or another browser
        return see_other("oidc.ask_organisation")
    secret, email = session[_SECRET], session.get(_EMAIL, "")
    try:
        there = service.way_to_provider(secret, way_back(), email, allow_here=allow_here())
    except RuleBroken as broken:
        return _sorry(say_rule(broken))
    page: Response = make_response(render("accounts/leave_for_provider.html", there=there))
    page.headers["Refresh"] = f"0; url={there}"  # a redirect after a form would break our policy
    return page


@blueprint.get("/sign-in/organisation/back")
@public
def show_return() -> ResponseReturnValue:
    """Show the button that finishes it; coming here spends nothing."""
    if _SECRET not in session and not request.args:
        return see_other("oidc.ask_organisation")
    if request.args.get("error") or not request.args.get("code"):
        return _sorry(_("Your organisation's sign-in did not let you through."))
    return render("accounts/return_from_provider.html", form=ReturnForm(request.args))


@blueprint.post("/sign-in/organisation/back")
@public
@at_most(_TRIES, by=network)
def come_back() -> ResponseReturnValue:
    """Let staff in whom the provider names."""
    form, secret = ReturnForm(), session.get(_SECRET, "")
    brought = {
        "state": form.state.data or "",
        "code": form.code.data or "",
        "issuer": form.iss.data or None,
        "allow_here": allow_here(),
    }
    if not form.attempt(service.come_back, secret, way_back(), device_name(), **brought):
        keep_refusal()  # the errand is over
        return _sorry(" ".join(form.form_errors))
    target = local_path(session.get(_NEXT, ""))
    if form.result.is_half:
        return let_half_in(form.result.secret, target)
    return let_in(form.result.secret, target)


def _sorry(why: str) -> ResponseReturnValue:
    return render_invalid("accounts/provider_failed.html", why=why)
