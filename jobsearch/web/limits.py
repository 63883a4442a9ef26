"""Rate limits, counted in the database so that all workers share them."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from jobsearch.core.hits import DatabaseTries
from jobsearch.core.tokens import digest

_View = TypeVar("_View", bound=Callable[..., Any])
_COUNTER = FixedWindowRateLimiter(DatabaseTries())


@dataclass(frozen=True, slots=True)
class _Limit:
    """So many tries of one key; what is over is refused, or only said to the view."""

    tries: RateLimitItem
    key: Callable[[], str]
    refuses: bool


def at_most(tries: str, by: Callable[[], str] | None = None) -> Callable[[_View], _View]:
    """The view answers so many tries of one key, then 429: "10 per 10 minutes".

    The key is network address and account together; `by=network` counts the network alone.
    """
    return _limited(tries, by or _who_tries, refuses=True)


def rationed(tries: str, by: Callable[[], str]) -> Callable[[_View], _View]:
    """The view answers always, but does something only so often for one key; see `is_over`."""
    return _limited(tries, by, refuses=False)


def is_over() -> bool:
    """Whether what the view rations has been done often enough for this key."""
    return bool(g.get("over_ration"))


def network() -> str:
    """Where a request comes from: one address, or the half of IPv6 that one customer has."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if address.version == 6:
        return str(IPv6Network((int(address), 64), strict=False))
    return text


def init_limits(app: Flask) -> None:
    """Count tries before the unit of work is opened: a count is a transaction of its own.

    Inside it SQLite would wait for itself, and a refusal would take its own count back.
    """
    app.before_request(_count)


def _limited(tries: str, by: Callable[[], str], *, refuses: bool) -> Callable[[_View], _View]:
    limit = _Limit(parse(tries), by, refuses)

    def mark_view(view: _View) -> _View:
        view.limits = (*getattr(view, "limits", ()), limit)  # type: ignore[attr-defined]
        return view

    return mark_view


def _count() -> None:
    endpoint = request.endpoint or ""
    limits: tuple[_Limit, ...] = getattr(current_app.view_functions.get(endpoint), "limits", ())
    g.over_ration = False
    for limit in limits:
        key = digest(f"{limit.key.__name__}:{limit.key()}")[:32]
        if _COUNTER.hit(limit.tries, endpoint, key):
            continue
        if limit.refuses:
            abort(429)
        g.over_ration = True


def _who_tries() -> str:
    """Address and account or link together: one person's tries cannot lock another out."""
    link = (request.view_args or {}).get("link_secret", "")
    name = request.form.get("email", "").strip().lower() or link
    return f"{request.remote_addr}:{name}"
