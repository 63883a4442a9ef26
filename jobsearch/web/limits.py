"""Rate limits, counted in the database so that all workers share them."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from jobsearch.core.hits import DatabaseTries
from jobsearch.core.tokens import digest

_View = TypeVar("_View", bound=Callable[..., Any])
_COUNTER = FixedWindowRateLimiter(DatabaseTries())


def at_most(tries: str) -> Callable[[_View], _View]:
    """The view answers so many tries of one address and account, then 429: "10 per 10 minutes"."""

    def mark_view(view: _View) -> _View:
        view.tries = parse(tries)  # type: ignore[attr-defined]
        return view

    return mark_view


def init_limits(app: Flask) -> None:
    """Count tries before the unit of work is opened: a count is a transaction of its own.

    Inside it SQLite would wait for itself, and a refusal would take its own count back.
    """
    app.before_request(_count)


def _count() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    tries: RateLimitItem | None = getattr(view, "tries", None)
    if tries is not None and not _COUNTER.hit(tries, request.endpoint or "", _who_tries()):
        abort(429)


def _who_tries() -> str:
    """Address and account together: one person's tries cannot lock another out."""
    name = request.form.get("email", "").strip().lower()
    return digest(f"{request.remote_addr}:{name}")[:32]
