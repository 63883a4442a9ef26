"""The gate: every endpoint names its permission or is public; what names neither is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Actor, LinkHolder, LinkState, Permission, is_fresh, may
from jobsearch.core.clock import now
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.web.errors import error_page
from jobsearch.web.words import say_rule

_View = TypeVar("_View", bound=Callable[..., Any])
_ALWAYS_OPEN = frozenset({"static"})
_CLOSED = {
    LinkState.SPENT: N_("This link has been used already."),
    LinkState.EXPIRED: N_("This link is too old."),
    LinkState.REVOKED: N_("This link has been closed."),
}


def needs(
    permission: Permission,
    *,
    fresh: bool | Callable[[], bool] = False,
    while_setting_up: bool = False,
    while_looking: bool = False,
) -> Callable[[_View], _View]:
    """The view asks this permission of whoever comes.

    `fresh`: she has proven in the last ten minutes that it is she, or does so now; what she was
    sending is kept. It may be a function of the request, where only some requests are sensitive.
    `while_setting_up`: open to staff whose second factor is not set up yet. `while_looking`: an
    operator who has broken a provider's glass may send this form; all others are refused to her.
    """

    def mark_view(view: _View) -> _View:
        view.gate = permission  # type: ignore[attr-defined]
        view.fresh = fresh  # type: ignore[attr-defined]
        view.while_setting_up = while_setting_up  # type: ignore[attr-defined]
        view.while_looking = while_looking  # type: ignore[attr-defined]
        return view

    return mark_view


def public(view: _View) -> _View:
    """The view is open to people who have not signed in."""
    view.gate = None  # type: ignore[attr-defined]
    return view


def by_link(purpose: str) -> Callable[[_View], _View]:
    """The view is open to whoever holds a living link of this purpose (`<link_secret>`).

    She acts as nobody, whoever is signed in beside her, in the scope of the link's organisation.
    """

    def mark_view(view: _View) -> _View:
        view.gate = None  # type: ignore[attr-defined]
        view.link_purpose = purpose  # type: ignore[attr-defined]
        return view

    return mark_view


def current_link() -> LinkHolder:
    """Who comes with a link in this request; only for views that are open by link."""
    holder: LinkHolder | None = g.get("link")
    if holder is None:
        raise RuntimeError("a view that is not open by link asked who holds it")
    return holder


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


def init_gate(app: Flask, ask_again: Callable[[], ResponseReturnValue]) -> None:
    """Put the gate before every request.

    `ask_again` answers whoever has to prove first that it is still she.
    """
    app.extensions["jobsearch_ask_again"] = ask_again
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None  # no such address: 404 by the router
    try:
        permission = gate_of(endpoint)
    except KeyError:
        abort(403)
    actor: Actor | None = g.get("actor")
    if actor is not None and actor.glass is not None and not _only_looks(endpoint):
        abort(403)
    if permission is None:
        return _check_link()
    if actor is None:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
        abort(401)
    if not may(actor, permission):
        abort(403)
    return _check_proof(actor, current_app.view_functions[endpoint])


def _only_looks(endpoint: str) -> bool:
    """Whether this request changes nothing, or is a form that she may send."""
    view = current_app.view_functions[endpoint]
    return request.method in ("GET", "HEAD", "OPTIONS") or getattr(view, "while_looking", False)


def _check_proof(actor: Actor, view: Any) -> ResponseReturnValue | None:
    if actor.is_setting_up and not view.while_setting_up:
        return redirect(url_for("own.set_up"), 303)
    is_sensitive = view.fresh() if callable(view.fresh) else view.fresh
    if is_sensitive and not is_fresh(actor, now()):
        answer: ResponseReturnValue = current_app.extensions["jobsearch_ask_again"]()
        return answer
    return None


def _check_link() -> ResponseReturnValue | None:
    if not hasattr(current_app.view_functions[request.endpoint or ""], "link_purpose"):
        return None
    holder: LinkHolder | None = g.get("link")
    if holder is None:
        abort(404)
    if holder.state is LinkState.LIVE:
        return None
    return error_page(410, say_rule(RuleBroken(_CLOSED[holder.state])))
