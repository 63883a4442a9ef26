"""What every way of signing in shares on the web: where from, where to, and the new cookie."""

from urllib.parse import urlsplit

from flask import redirect, request, session
from flask.typing import ResponseReturnValue

from jobsearch.core.text import mark as N_
from jobsearch.web.pages import see_other


def let_in(secret: str, target: str | None = None) -> ResponseReturnValue:
    """Give the browser its new sign-in, and nothing of what it held before."""
    target = next_path() if target is None else target
    session.clear()  # nothing of before the sign-in lives on in it
    session["sign_in"] = secret
    session.permanent = True
    return redirect(target, 303) if target else see_other("desk.today")


def let_half_in(secret: str, target: str) -> ResponseReturnValue:
    """Keep that half of a sign-in is done; the second factor is asked for next."""
    session["half_sign_in"] = secret
    return see_other("staff.second_step", next=target or None)


def next_path() -> str:
    """A path of this site to go to afterwards, or nothing: it never leaves the site."""
    return local_path(request.values.get("next", ""))


def local_path(target: str) -> str:
    """The path if it is one of this site, else nothing."""
    if (
        not target.startswith("/")
        or any(c in target for c in "\\\t\r\n@")
        or target.startswith("//")
    ):
        return ""
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else ""


def device_name() -> str:
    """What the browser runs on, in a word."""
    agent = request.user_agent.string
    known = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"))
    return next((name for sign, name in known if sign in agent), N_("Computer"))
