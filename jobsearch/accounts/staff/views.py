"""Pages of staff's sign-in: password, then the second factor; or a passkey alone."""

from flask import Blueprint, Response, current_app, g, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobsearch.accounts.door import device_name, let_half_in, let_in, next_path
from jobsearch.accounts.factors.queries import factors_of, find_demo_code
from jobsearch.accounts.factors.rules import FEW_CODES
from jobsearch.accounts.rules import Way
from jobsearch.accounts.staff import queries, service
from jobsearch.accounts.staff.browser import (
    ask_device,
    asked_device,
    caller,
    is_demo,
    keep_device,
    origin,
    site,
)
from jobsearch.accounts.staff.forms import AnswerForm, FactorForm, PasswordForm
from jobsearch.core.errors import NotVisible
from jobsearch.core.passkeys import options_to_prove
from jobsearch.web.gate import public
from jobsearch.web.limits import at_most, network
from jobsearch.web.pages import flash, render, render_invalid, see_other
from jobsearch.web.unit import keep_refusal

blueprint = Blueprint("staff", __name__)
_HALF = "half_sign_in"
_TRIES = "100 per 10 minutes"


@blueprint.get("/sign-in/staff")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password, or for a passkey."""
    if g.actor is not None:
        return see_other("desk.today")
    return render("accounts/staff_sign_in.html", **_door(PasswordForm()))


@blueprint.post("/sign-in/staff")
@public
@at_most(_TRIES, by=network)
def check_password() -> ResponseReturnValue:
    """Take the password; the second factor is asked for next, or set up."""
    form = PasswordForm()
    values = (form.email.data, form.password.data, caller(), device_name())
    if not form.attempt(service.check_first_step, *values):
        keep_refusal()  # a wrong one is counted
        return render_invalid("accounts/staff_sign_in.html", **_door(form))
    if not form.result.is_half:
        return let_in(form.result.secret)
    return let_half_in(form.result.secret, next_path())


@blueprint.get("/sign-in/second-step")
@public
def second_step() -> ResponseReturnValue:
    """Ask for the code of the app."""
    if queries.find_half_way(session.get(_HALF, "")) is None:
        return see_other("staff.sign_in", next=next_path() or None)
    return render("accounts/second_step.html", **_second(FactorForm()))


@blueprint.post("/sign-in/second-step")
@public
@at_most(_TRIES, by=network)
def finish_by_code() -> ResponseReturnValue:
    """Let staff in by the code of the app, or by a recovery code."""
    form = FactorForm()
    values = (session.get(_HALF, ""), form.code.data, caller(), device_name())
    if not form.attempt(service.finish_by_code, *values):
        keep_refusal()
        return render_invalid("accounts/second_step.html", **_second(form))
    return _let_in(form.result)


@blueprint.post("/sign-in/passkey/question")
@public
@at_most(_TRIES, by=network)
def ask_passkey() -> ResponseReturnValue:
    """What the browser needs to ask its device for a passkey."""
    here = site()
    if here is None:
        raise NotVisible
    options = options_to_prove(here, bytes.fromhex(ask_device("prove")))
    return Response(options, mimetype="application/json")


@blueprint.post("/sign-in/passkey")
@public
@at_most(_TRIES, by=network)
def sign_in_by_passkey() -> ResponseReturnValue:
    """Let staff in by a passkey alone."""
    answer, here = AnswerForm(), site()
    values = (answer.answer.data, here, asked_device("prove"), caller(), device_name())
    if here is None or not answer.attempt(service.sign_in_by_passkey, *values):
        keep_refusal()  # the question is spent
        form = PasswordForm(formdata=None)
        form.form_errors = [error for errors in answer.errors.values() for error in errors]
        return render_invalid("accounts/staff_sign_in.html", **_door(form))
    return _let_in(answer.result)


def _let_in(done: service.LetIn) -> ResponseReturnValue:
    response = current_app.make_response(let_in(done.secret))
    if done.way is Way.RECOVERY_CODE:
        left = factors_of(done.account_id).recovery_codes
        kind = "warn" if left <= FEW_CODES else "info"
        words = _("You used a recovery code. %(left)d are left; make new ones in time.", left=left)
        flash(words, kind)
    return keep_device(response, done.device_secret)


def _door(form: PasswordForm) -> dict[str, object]:
    return {"form": form, "next": next_path(), "passkeys": origin()}


def _second(form: FactorForm) -> dict[str, object]:
    way_in = queries.find_half_way(session.get(_HALF, ""))
    factors = factors_of(way_in.account.id) if way_in else None
    code = find_demo_code(way_in.account.id) if way_in and way_in.is_demo and is_demo() else None
    return {
        "form": form,
        "next": next_path(),
        "passkeys": origin() if factors and factors.passkeys else "",
        "demo_code": code,
        "is_over": way_in is None,
    }
