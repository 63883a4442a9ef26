"""Pages of one's own password and address: forgotten, chosen, changed."""

from flask import Blueprint, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.queries import get_own_account
from jobsearch.accounts.recovery import service
from jobsearch.accounts.recovery.forms import (
    ButtonForm,
    ChangePasswordForm,
    EmailForm,
    ForgottenForm,
    NewPasswordForm,
)
from jobsearch.accounts.rules import LinkPurpose
from jobsearch.accounts.staff.browser import caller
from jobsearch.accounts.staff.queries import find_live_link
from jobsearch.accounts.staff.rules import SETS_PASSWORD
from jobsearch.core.access import Permission
from jobsearch.web.gate import current_actor, needs, public
from jobsearch.web.limits import at_most, network
from jobsearch.web.pages import flash, render, render_invalid, see_other
from jobsearch.web.unit import keep_refusal

blueprint = Blueprint("recovery", __name__)
_TRIES = "60 per 10 minutes"


@blueprint.get("/forgotten-password")
@public
def forgotten_password() -> ResponseReturnValue:
    """Ask where the link for a new password goes."""
    return render("accounts/forgotten_password.html", form=ForgottenForm())


@blueprint.post("/forgotten-password")
@public
@at_most(_TRIES, by=network)
def send_link() -> ResponseReturnValue:
    """Send the link; the answer is the same for every address."""
    form = ForgottenForm()
    if not form.attempt(service.forget_password, form.email.data):
        return render_invalid("accounts/forgotten_password.html", form=form)
    return see_other("recovery.link_sent")


@blueprint.get("/forgotten-password/sent")
@public
def link_sent() -> ResponseReturnValue:
    """Say what happens next, for every address the same."""
    return render("accounts/link_sent.html")


@blueprint.get("/new-password/<secret>")
@public
def new_password(secret: str) -> ResponseReturnValue:
    """Show the form behind a one-time link; opening it spends nothing."""
    if find_live_link(secret, SETS_PASSWORD) is None:
        return render("accounts/link_over.html"), 404
    return render("accounts/new_password.html", form=NewPasswordForm(), secret=secret)


@blueprint.post("/new-password/<secret>")
@public
@at_most(_TRIES, by=network)
def set_password(secret: str) -> ResponseReturnValue:
    """Spend the link for a password."""
    form = NewPasswordForm()
    if not form.attempt(service.set_password_by_link, secret, form.password.data):
        return render_invalid("accounts/new_password.html", form=form, secret=secret)
    session.clear()
    flash(_("Your password is set. Sign in with it."))
    return see_other("staff.sign_in")


@blueprint.get("/account/password")
@needs(Permission.ACCOUNTS_FACTORS)
def change_password() -> ResponseReturnValue:
    """Ask for the old and the new password."""
    return render("accounts/change_password.html", form=ChangePasswordForm())


@blueprint.post("/account/password")
@needs(Permission.ACCOUNTS_FACTORS)
def keep_password() -> ResponseReturnValue:
    """Change the password; every other sign-in ends."""
    form = ChangePasswordForm()
    values = (form.old.data, form.password.data, caller())
    if not form.attempt(service.change_password, current_actor(), *values):
        keep_refusal()  # a wrong old one is counted
        return render_invalid("accounts/change_password.html", form=form)
    session["sign_in"] = form.result
    flash(_("Your password is changed. You were signed out everywhere else."))
    return see_other("accounts.my_account")


@blueprint.get("/account/email")
@needs(Permission.ACCOUNTS_FACTORS, fresh=True)
def change_email() -> ResponseReturnValue:
    """Ask for another address."""
    now_used = get_own_account(current_actor().account_id).email
    return render("accounts/change_email.html", form=EmailForm(), email=now_used)


@blueprint.post("/account/email")
@needs(Permission.ACCOUNTS_FACTORS, fresh=True)
def ask_for_email() -> ResponseReturnValue:
    """Send a link to the new address; nothing is changed before it is used."""
    form, actor = EmailForm(), current_actor()
    if not form.attempt(service.ask_for_email, actor, form.email.data):
        email = get_own_account(actor.account_id).email
        return render_invalid("accounts/change_email.html", form=form, email=email)
    flash(_("We sent a link to the new address. It is changed when you open the link."), "info")
    return see_other("accounts.my_account")


@blueprint.get("/new-email/<secret>")
@public
def new_email(secret: str) -> ResponseReturnValue:
    """Show the button behind the link; opening it spends nothing."""
    link = find_live_link(secret, frozenset({LinkPurpose.NEW_EMAIL}))
    if link is None:
        return render("accounts/link_over.html"), 404
    return render("accounts/new_email.html", form=ButtonForm(), secret=secret, email=link.new_email)


@blueprint.post("/new-email/<secret>")
@public
@at_most(_TRIES, by=network)
def confirm_email(secret: str) -> ResponseReturnValue:
    """Spend the link: the address is the account's own."""
    form = ButtonForm()
    if not form.attempt(service.confirm_email, secret):
        return render_invalid("accounts/new_email.html", form=form, secret=secret, email="")
    session.clear()
    flash(_("Your e-mail address is changed. Sign in with it."))
    return see_other("staff.sign_in")
