"""Rate limits, counted in the database so that all workers share them."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy.exc import SQLAlchemyError

from jobsearch.core.away import is_away
from jobsearch.core.hits import DatabaseTries, seconds_until
from jobsearch.core.tokens import digest
from jobsearch.web.errors import error_page
from jobsearch.web.turns import Turns

_View = TypeVar("_View", bound=Callable[..., Any])
_COUNTER = FixedWindowRateLimiter(DatabaseTries())

PAPERS = parse("300 per 10 minutes")
"""Papers, lists and files for one sign-in: one every other second, all the time."""

TURNS = Turns(at_once=3, waiting=2, patience_seconds=10)
"""Of the six threads of a process three make papers and two wait: one is left for pages."""

_SOON_SECONDS = 5


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


def heavy(view: _View) -> _View:
    """The view makes a paper or a list, or gives a file: so often for a sign-in, few at once."""
    view.is_heavy = True  # type: ignore[attr-defined]
    return view


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
    app.before_request(_take_turn)
    app.teardown_request(_give_turn_back)


def refuse_when_busy() -> ResponseReturnValue | None:
    """429 where somebody took too much or all turns are taken; said once it is known to whom.

    The page offers the same again, with what was sent.
    """
    seconds: int | None = g.busy_seconds
    if seconds is None:
        return None
    if g.turn_refused:
        said = _("Many papers and files are being made just now. Try again in a few seconds.")
    else:
        said = ngettext(
            "You have opened very many papers and files in a short time. The next one opens in "
            "%(num)d minute.",
            "You have opened very many papers and files in a short time. The next one opens in "
            "%(num)d minutes.",
            -(-seconds // 60),
        )
    return error_page(429, said, again_after=seconds)


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


def _take_turn() -> None:
    """Count one paper and have a turn at it, before anything is opened that others wait for."""
    g.busy_seconds, g.turn_refused = None, False
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "is_heavy", False) or request.method == "OPTIONS":
        return
    key = digest(f"papers:{session.get('sign_in') or network()}")[:32]
    if not _is_within(key):
        ends_at = _COUNTER.get_window_stats(PAPERS, "papers", key).reset_time
        g.busy_seconds = seconds_until(ends_at)
    elif TURNS.take():
        g.has_turn = True
    else:
        g.turn_refused, g.busy_seconds = True, _SOON_SECONDS


def _is_within(key: str) -> bool:
    """Count one paper; a full disk, on which nothing can be counted, keeps none from being read."""
    try:
        return _COUNTER.hit(PAPERS, "papers", key)
    except SQLAlchemyError as error:
        if not is_away(error):
            raise
        return True


def _give_turn_back(_error: BaseException | None) -> None:
    if g.pop("has_turn", False):
        TURNS.give_back()


def _who_tries() -> str:
    """Address and account or link together: one person's tries cannot lock another out."""
    link = (request.view_args or {}).get("link_secret", "")
    name = request.form.get("email", "").strip().lower() or link
    return f"{request.remote_addr}:{name}"
