"""Pages of signing in and out, and of one's own account."""

from flask import Blueprint, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue

from jobsearch.accounts import queries, service
from jobsearch.accounts.codes.forms import AskCodeForm
from jobsearch.accounts.door import next_path
from jobsearch.accounts.factors.queries import factors_of, find_app_line
from jobsearch.accounts.passkeys.queries import list_passkeys
from jobsearch.accounts.sessions.queries import list_own_sign_ins
from jobsearch.accounts.sessions.service import end_all, end_one
from jobsearch.accounts.staff.browser import site
from jobsearch.core.access import Permission
from jobsearch.core.text import LANGUAGES
from jobsearch.web.gate import current_actor, needs, public
from jobsearch.web.pages import render, see_other

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for the address that the code goes to."""
    if g.actor is not None:
        return see_other("desk.today")
    return render("accounts/sign_in.html", form=AskCodeForm(), next=next_path())


@blueprint.post("/sign-out")
@needs(Permission.ACCOUNTS_OWN, while_setting_up=True, while_looking=True)
def sign_out() -> ResponseReturnValue:
    """End this sign-in and clear what the browser kept."""
    actor = current_actor()
    end_one(actor.account_id, actor.sign_in_id)
    return _signed_out()


def _signed_out() -> ResponseReturnValue:
    session.clear()
    response = current_app.make_response(see_other("accounts.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.get("/account")
@needs(Permission.ACCOUNTS_OWN)
def my_account() -> ResponseReturnValue:
    """Own name and address, what one signs in with, and where one is signed in."""
    actor = current_actor()
    return render(
        "accounts/my_account.html",
        account=queries.get_own_account(actor.account_id),
        sign_ins=list_own_sign_ins(actor.account_id),
        this_one=actor.sign_in_id,
        factors=factors_of(actor.account_id),
        app=find_app_line(actor.account_id),
        passkeys=list_passkeys(actor.account_id),
        can_add_passkeys=site() is not None,
    )


@blueprint.post("/account/sign-out-everywhere")
@needs(Permission.ACCOUNTS_OWN)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every sign-in of the account, this one too."""
    end_all(current_actor().account_id)
    return _signed_out()


@blueprint.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Read in another language from now on, and next time."""
    language = request.form.get("language", "")
    response = current_app.make_response(redirect(next_path() or "/", 303))
    if language in LANGUAGES:
        if g.actor is not None:
            service.choose_language(g.actor.account_id, language)
        _keep(response, "language", language)
    return response


@blueprint.post("/theme")
@public
def choose_theme() -> ResponseReturnValue:
    """Light or dark from now on."""
    theme = request.form.get("theme", "")
    response = current_app.make_response(redirect(next_path() or "/", 303))
    if theme in ("light", "dark"):
        _keep(response, "theme", theme)
    return response


def _keep(response: object, name: str, value: str) -> None:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(  # type: ignore[attr-defined]
        name, value, max_age=31536000, secure=secure, httponly=True, samesite="Lax"
    )
