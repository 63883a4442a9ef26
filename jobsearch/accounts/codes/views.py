"""Pages of signing in by a code or by the link of a message."""

from flask import Blueprint, request, session
from flask.typing import ResponseReturnValue

from jobsearch.accounts.codes import queries, service
from jobsearch.accounts.codes.forms import AskCodeForm, ButtonForm, CodeForm
from jobsearch.accounts.codes.rules import LinkPage, address_of
from jobsearch.accounts.door import device_name, let_in, next_path
from jobsearch.core.access import Role
from jobsearch.core.errors import RuleBroken
from jobsearch.web.gate import public
from jobsearch.web.limits import at_most, is_over, network, rationed
from jobsearch.web.pages import render, render_invalid, see_other
from jobsearch.web.unit import keep_refusal

blueprint = Blueprint("codes", __name__)


def _address() -> str:
    """The address that was typed, in its one spelling, or as it was typed when it is none."""
    typed = request.form.get("address", "")
    try:
        return address_of(typed).text
    except RuleBroken:
        return typed.strip().lower()


@blueprint.post("/sign-in")
@public
@at_most("60 per 15 minutes", by=network)
@rationed("3 per 15 minutes", by=_address)
def ask_for_code() -> ResponseReturnValue:
    """Send code and link; the answer is the same for every address."""
    form = AskCodeForm()
    if not form.attempt(service.ask_for_code, form.address.data, may_send=not is_over()):
        return render_invalid("accounts/sign_in.html", form=form, next=next_path())
    session["code_request"] = form.result.request_secret
    session["code_sent_to"] = form.result.sent_to
    session["code_next"] = next_path()
    session.pop("code_role", None)
    return see_other("codes.enter_code", next=next_path() or None)


@blueprint.get("/sign-in/code")
@public
def enter_code() -> ResponseReturnValue:
    """Ask for the code that was sent."""
    return _code_page(CodeForm())


@blueprint.post("/sign-in/code")
@public
@at_most("100 per 10 minutes", by=network)
def sign_in_with_code() -> ResponseReturnValue:
    """Let the person in by her code."""
    form = CodeForm()
    values = (session.get("code_request", ""), form.code.data, device_name(), _role())
    if not form.attempt(service.sign_in_with_code, *values):
        keep_refusal()  # a wrong code is counted
        return _code_page(form), 422
    return let_in(form.result)


@blueprint.get("/sign-in/link/<secret>")
@public
def open_link(secret: str) -> ResponseReturnValue:
    """Show the button behind a message's link, or the field for its code; nothing is spent."""
    return _link_page(secret, CodeForm())


@blueprint.post("/sign-in/link/<secret>")
@public
@at_most("100 per 10 minutes", by=network)
def sign_in_by_link(secret: str) -> ResponseReturnValue:
    """Let the person in by her link: with the button where she asked, else with the code."""
    asked = session.get("code_request", "")
    here = queries.page_of_link(secret, asked) is LinkPage.BUTTON
    form = ButtonForm() if here else CodeForm()
    code = None if here else form["code"].data
    values = (secret, asked, code, device_name(), _role() if here else None)
    if not form.attempt(service.sign_in_by_link, *values):
        keep_refusal()  # a wrong code is counted
        return _link_page(secret, form), 422
    return let_in(form.result, session.get("code_next", "") if here else "")


def _role() -> Role | None:
    """The role to which what waits behind the code was sent, if anything does."""
    asked = session.get("code_role")
    return Role(asked) if asked else None


def _code_page(form: CodeForm) -> str:
    sent_to = session.get("code_sent_to", "")
    return render("accounts/enter_code.html", form=form, next=next_path(), sent_to=sent_to)


def _link_page(secret: str, form: CodeForm | ButtonForm) -> str:
    return render(
        "accounts/open_link.html",
        form=form,
        secret=secret,
        shows=queries.page_of_link(secret, session.get("code_request", "")),
    )
