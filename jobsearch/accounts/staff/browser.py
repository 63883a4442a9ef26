"""What a browser brings to signing in: where it is, what it keeps, and questions to its device."""

from datetime import datetime

from flask import Response, current_app, request, session

from jobsearch.accounts.passkeys.rules import CHALLENGE_LIFETIME
from jobsearch.accounts.passkeys.service import new_challenge
from jobsearch.accounts.throttle.service import Caller
from jobsearch.config import Config, Mode
from jobsearch.core.clock import now
from jobsearch.core.passkeys import Site
from jobsearch.web.limits import network

_YEAR = 365 * 24 * 3600


def caller() -> Caller:
    """Where this try comes from."""
    return Caller(network(), request.cookies.get(_device_cookie(), "")[:100])


def keep_device(response: Response, secret: str) -> Response:
    """Let the browser keep the secret by which the account knows it."""
    response.set_cookie(
        _device_cookie(),
        secret,
        max_age=_YEAR,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return response


def site() -> Site | None:
    """The site of passkeys by the configured address; None where browsers allow none."""
    return Site.of(_config().base_url, "Työnhakutyö")


def origin() -> str:
    """Where pages with passkeys are opened; nothing where browsers allow none."""
    here = site()
    return here.origin if here is not None else ""


def is_demo() -> bool:
    """Whether this installation is for trying out, so that a page may say a code."""
    return _config().mode is Mode.DEMO


def ask_device(purpose: str) -> str:
    """A fresh question for the device; the browser keeps it, signed, for five minutes."""
    challenge = new_challenge()
    until = now() + CHALLENGE_LIFETIME
    session["device_asked"] = [purpose, challenge, until.isoformat()]
    return challenge


def asked_device(purpose: str) -> str:
    """The question that this browser's device was asked, or nothing when it is too old."""
    asked = session.pop("device_asked", None)
    if not asked or asked[0] != purpose or datetime.fromisoformat(asked[2]) < now():
        return ""
    return str(asked[1])


def _config() -> Config:
    config: Config = current_app.config["JOBSEARCH"]
    return config


def _device_cookie() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"
