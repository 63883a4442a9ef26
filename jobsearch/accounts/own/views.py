"""Pages of one's own account: where one is signed in, and what one signs in with."""

from flask import Blueprint, Response, g, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.door import device_name
from jobsearch.accounts.factors.queries import find_new_app
from jobsearch.accounts.factors.service import begin_authenticator
from jobsearch.accounts.own import service
from jobsearch.accounts.own.forms import AppCodeForm, NameForm, PasskeyForm
from jobsearch.accounts.passkeys.queries import get_own_passkey
from jobsearch.accounts.passkeys.service import begin_passkey, rename_passkey
from jobsearch.accounts.queries import get_own_account
from jobsearch.accounts.sessions.service import end_one
from jobsearch.accounts.staff.browser import ask_device, asked_device, caller, is_demo, origin, site
from jobsearch.charts.qr import qr_code
from jobsearch.core.access import Permission
from jobsearch.core.errors import NotVisible
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.pages import flash, render, render_invalid, see_other
from jobsearch.web.unit import is_of_demo, keep_refusal

blueprint = Blueprint("own", __name__)
P = Permission


@blueprint.post("/account/sign-ins/<key:sign_in_id>/end")
@needs(P.ACCOUNTS_OWN)
def end_sign_in(sign_in_id: str) -> ResponseReturnValue:
    """End one of one's own sign-ins."""
    end_one(current_actor().account_id, sign_in_id)
    flash(_("That sign-in has ended."))
    return see_other("accounts.my_account")


@blueprint.get("/account/set-up")
@needs(P.ACCOUNTS_FACTORS, while_setting_up=True)
def set_up() -> ResponseReturnValue:
    """The first second factor: an app or a passkey."""
    if not current_actor().is_setting_up:
        return see_other("accounts.my_account")
    return render("accounts/set_up.html", **_passkey_page(PasskeyForm(formdata=None)))


@blueprint.post("/account/app")
@needs(P.ACCOUNTS_FACTORS, fresh=True, while_setting_up=True)
def begin_app() -> ResponseReturnValue:
    """Make a fresh secret for an app."""
    begin_authenticator(current_actor().account_id)
    return see_other("own.show_app")


@blueprint.get("/account/app")
@needs(P.ACCOUNTS_FACTORS, fresh=True, while_setting_up=True)
def show_app() -> ResponseReturnValue:
    """Show the app its secret, as a picture and as letters."""
    found = _app_page(AppCodeForm())
    if found is None:
        return see_other("accounts.my_account")
    return render("accounts/new_app.html", **found)


@blueprint.post("/account/app/confirm")
@needs(P.ACCOUNTS_FACTORS, fresh=True, while_setting_up=True)
def add_app() -> ResponseReturnValue:
    """Take the app into use by its first code."""
    form, actor = AppCodeForm(), current_actor()
    page = _app_page(form)
    if not form.attempt(service.add_app, actor, form.code.data, caller(), device_name()):
        return see_other("accounts.my_account") if page is None else _again("new_app", page)
    flash(_("The app is in use."))
    return _after(form.result)


@blueprint.post("/account/app/end")
@needs(P.ACCOUNTS_FACTORS, fresh=True)
def end_app() -> ResponseReturnValue:
    """Stop using the app."""
    service.end_app(current_actor())
    flash(_("The app opens nothing any more. Your other sign-ins have ended."))
    return see_other("accounts.my_account")


@blueprint.post("/account/recovery-codes")
@needs(P.ACCOUNTS_FACTORS, fresh=True)
def renew_recovery_codes() -> ResponseReturnValue:
    """Make ten fresh recovery codes and show them once."""
    return _after(service.renew_recovery_codes(current_actor()))


@blueprint.get("/account/passkeys/new")
@needs(P.ACCOUNTS_FACTORS, fresh=True)
def new_passkey() -> ResponseReturnValue:
    """Name a new passkey and make it."""
    if site() is None:
        raise NotVisible
    return render("accounts/new_passkey.html", **_passkey_page(PasskeyForm(formdata=None)))


@blueprint.post("/account/passkeys/question")
@needs(P.ACCOUNTS_FACTORS, fresh=True, while_setting_up=True)
def ask_new_passkey() -> ResponseReturnValue:
    """What the browser needs to make a passkey on its device."""
    actor, here = current_actor(), site()
    if here is None:
        raise NotVisible
    label = get_own_account(actor.account_id).email or actor.name
    options = begin_passkey(actor.account_id, label, here, ask_device("new"))
    return Response(options, mimetype="application/json")


@blueprint.post("/account/passkeys/new")
@needs(P.ACCOUNTS_FACTORS, fresh=True, while_setting_up=True)
def add_passkey() -> ResponseReturnValue:
    """Keep the passkey that the device has made."""
    form, actor, here = PasskeyForm(), current_actor(), site()
    if here is None:
        raise NotVisible
    values = (form.name.data, form.answer.data, here, asked_device("new"), caller(), device_name())
    if not form.attempt(service.add_passkey, actor, *values):
        keep_refusal()  # the question is spent
        page = "set_up" if actor.is_setting_up else "new_passkey"
        return _again(page, _passkey_page(form))
    flash(_("The passkey is in use."))
    return _after(form.result)


@blueprint.get("/account/passkeys/<key:passkey_id>")
@needs(P.ACCOUNTS_FACTORS)
def show_passkey(passkey_id: str) -> ResponseReturnValue:
    """One passkey: its name, and its end."""
    passkey = get_own_passkey(current_actor().account_id, passkey_id)
    return render("accounts/show_passkey.html", passkey=passkey, form=NameForm(name=passkey.name))


@blueprint.post("/account/passkeys/<key:passkey_id>")
@needs(P.ACCOUNTS_FACTORS)
def name_passkey(passkey_id: str) -> ResponseReturnValue:
    """Call a passkey by another name."""
    form, account_id = NameForm(), current_actor().account_id
    passkey = get_own_passkey(account_id, passkey_id)
    if not form.attempt(rename_passkey, account_id, passkey_id, form.name.data):
        return _again("show_passkey", {"form": form, "passkey": passkey})
    flash(_("Saved."))
    return see_other("accounts.my_account")


@blueprint.post("/account/passkeys/<key:passkey_id>/end")
@needs(P.ACCOUNTS_FACTORS, fresh=True)
def end_passkey(passkey_id: str) -> ResponseReturnValue:
    """Remove a passkey."""
    service.end_passkey(current_actor(), passkey_id)
    flash(_("The passkey opens nothing any more. Your other sign-ins have ended."))
    return see_other("accounts.my_account")


def _after(added: service.Added) -> ResponseReturnValue:
    """The codes are in this answer and nowhere else, so it is a page and not a way to one."""
    if added.let_in is not None:
        messages = session.get("_flashes", [])
        session.clear()  # nothing of the sign-in that could only set up lives on
        session["sign_in"], session["_flashes"] = added.let_in.secret, messages
        session.permanent = True
    if not added.recovery_codes:
        return see_other("accounts.my_account")
    return render("accounts/recovery_codes.html", codes=added.recovery_codes)


def _again(page: str, values: dict[str, object]) -> ResponseReturnValue:
    return render_invalid(f"accounts/{page}.html", **values)


def _app_page(form: AppCodeForm) -> dict[str, object] | None:
    actor = current_actor()
    label = get_own_account(actor.account_id).email or actor.name
    issuer = str(g.head.service_name)
    new = find_new_app(actor.account_id, label, issuer)
    if new is None:
        return None
    picture = qr_code(new.address, _("QR code for your app"))
    is_shown = is_demo() and is_of_demo()
    return {"form": form, "new": new, "picture": picture, "demo_code": new.code if is_shown else ""}


def _passkey_page(form: PasskeyForm) -> dict[str, object]:
    return {"form": form, "passkeys": origin()}
