"""The gate: every endpoint names its permission or is public; what names neither is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Actor, Permission, may

_View = TypeVar("_View", bound=Callable[..., Any])
_ALWAYS_OPEN = frozenset({"static"})


def needs(permission: Permission) -> Callable[[_View], _View]:
    """The view asks this permission of whoever comes."""

    def mark_view(view: _View) -> _View:
        view.gate = permission  # type: ignore[attr-defined]
        return view

    return mark_view


def public(view: _View) -> _View:
    """The view is open to people who have not signed in."""
    view.gate = None  # type: ignore[attr-defined]
    return view


def current_actor() -> Actor:
    """Who acts in this request; only for views that name a permission."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        raise RuntimeError("a view without a permission asked who acts")
    return actor


def gate_of(endpoint: str) -> Permission | None:
    """The permission of an endpoint, None when it is public. Raises KeyError when it names none."""
    if endpoint in _ALWAYS_OPEN:
        return None
    view = current_app.view_functions[endpoint]
    if not hasattr(view, "gate"):
        raise KeyError(endpoint)
    permission: Permission | None = view.gate
    return permission


def init_gate(app: Flask) -> None:
    """Put the gate before every request."""
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such address: 404 by the router
    try:
        permission = gate_of(request.endpoint)
    except KeyError:
        abort(403)
    if permission is None:
        return None
    actor: Actor | None = g.get("actor")
    if actor is None:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
        abort(401)
    if not may(actor, permission):
        abort(403)
    return None
