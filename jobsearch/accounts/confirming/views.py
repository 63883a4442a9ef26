"""Pages of confirming that it is still she, before something sensitive is done."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from jobsearch.accounts.confirming import service
from jobsearch.accounts.confirming.forms import PREFIX, ConfirmForm
from jobsearch.accounts.confirming.rules import NOTHING, PURPOSE
from jobsearch.accounts.door import local_path, next_path
from jobsearch.accounts.factors.queries import factors_of, find_demo_code
from jobsearch.accounts.proofs.service import ask_for_proof
from jobsearch.accounts.queries import get_own_account
from jobsearch.accounts.staff.browser import asked_device, caller, is_demo, origin, site
from jobsearch.core.access import Permission
from jobsearch.core.errors import RuleBroken
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import at_most, network
from jobsearch.web.pages import flash, render, render_invalid, see_other
from jobsearch.web.unit import is_of_demo, keep_refusal

blueprint = Blueprint("confirming", __name__)
_ASKED = "confirm_asked"
_HERE = "/account/confirm"


@blueprint.get("/account/confirm")
@needs(Permission.ACCOUNTS_OWN, while_setting_up=True)
def confirm() -> ResponseReturnValue:
    """Ask for a proof, then go on to where the person was going."""
    return render("accounts/confirm.html", **_page(ConfirmForm(data={"to": next_path()})))


@blueprint.post("/account/confirm")
@needs(Permission.ACCOUNTS_OWN, while_setting_up=True)
@at_most("100 per 10 minutes", by=network)
def take_proof() -> ResponseReturnValue:
    """Take the proof; the sign-in gets a new secret, and what waited is sent on as it was."""
    form = ConfirmForm()
    if not form.attempt(_proof(form)):
        keep_refusal()  # a wrong one is counted
        return render_invalid("accounts/confirm.html", **_page(form))
    session["sign_in"] = form.result
    session.pop(_ASKED, None)
    target = local_path(form.to.data or "")
    return redirect(
        target or url_for("desk.today"), 307 if form.waits.data and _waits(target) else 303
    )


@blueprint.post("/account/confirm/code")
@needs(Permission.ACCOUNTS_OWN, while_setting_up=True)
@at_most("30 per 10 minutes", by=network)
def send_code() -> ResponseReturnValue:
    """Send a code to the person's own phone or e-mail."""
    actor, form = current_actor(), ConfirmForm()
    form.attempt(ask_for_proof, actor.account_id, PURPOSE, actor.sign_in_id)
    if form.errors:
        return render_invalid("accounts/confirm.html", **_page(form))
    session[_ASKED] = form.result
    if not form.waits.data:
        flash(_("We sent you a code."), "info")
        return see_other("confirming.confirm", next=local_path(form.to.data or "") or None)
    return render("accounts/confirm.html", **_page(form))


def ask_again() -> ResponseReturnValue:
    """The gate's answer to whoever has not proven herself lately: nothing is done yet."""
    here = request.full_path.rstrip("?")
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("confirming.confirm", next=_page_of_file() or here), 303)
    if request.headers.get("HX-Request"):  # a part of a page: the whole page asks
        came_from = local_path(_path_of(request.headers.get("HX-Current-URL", "")))
        page = url_for("confirming.confirm", next=came_from or None)
        return Response(status=401, headers={"HX-Redirect": page})
    form = ConfirmForm(formdata=None, data={"to": here, "waits": "yes"})
    return render("accounts/confirm.html", **_page(form)), 401


def _page_of_file() -> str:
    """The page with the link to the file that was asked for, with its filters; or nothing.

    A file opens no page, so whoever proved herself for one would go on looking at the question.
    """
    view = current_app.view_functions[request.endpoint or ""]
    came_from = local_path(_path_of(request.referrer or ""))
    if not getattr(view, "is_heavy", False) or urlsplit(came_from).path in ("", _HERE):
        return ""
    flash(_("Confirm first that it is you. Then take the file from its page."), "info")
    return came_from


def _path_of(address: str) -> str:
    return address.removeprefix(request.host_url.rstrip("/"))


def _proof(form: ConfirmForm) -> Callable[[], str]:
    actor, here = current_actor(), site()
    if form.answer.data and here is not None:
        asked = asked_device("prove")
        return partial(service.confirm_by_passkey, actor, form.answer.data, here, asked)
    if form.code.data:
        return partial(service.confirm_by_code, actor, form.code.data, caller())
    if form.message_code.data:
        asked = session.get(_ASKED, "")
        return partial(service.confirm_by_message, actor, asked, form.message_code.data)
    if form.password.data:
        return partial(service.confirm_by_password, actor, form.password.data, caller())
    return _nothing


def _nothing() -> str:
    raise RuleBroken(NOTHING)


def _kept() -> list[tuple[str, str]]:
    """What the form that waits was sending; files are not kept."""
    if request.method != "POST":
        return []
    own = ("csrf_token", *(f"{PREFIX}{name}" for name in ConfirmForm(formdata=None).data))
    return [(name, value) for name, value in request.form.items(multi=True) if name not in own]


def _waits(target: str) -> bool:
    """Whether a form that waits is sent on: only to a view that asked for the proof."""
    try:
        path = target.partition("?")[0]
        endpoint, _values = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return False
    return bool(getattr(current_app.view_functions[endpoint], "fresh", False))


def _page(form: ConfirmForm) -> dict[str, object]:
    actor = current_actor()
    factors, own = factors_of(actor.account_id), get_own_account(actor.account_id)
    return {
        "form": form,
        "kept": _kept(),
        "factors": factors,
        "passkeys": origin() if factors.passkeys else "",
        "by_password": not factors.any and own.password_hash is not None,
        "code_sent": _ASKED in session,
        "lost_files": bool(request.files),
        "demo_code": find_demo_code(actor.account_id) if is_demo() and is_of_demo() else None,
    }
