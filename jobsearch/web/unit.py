"""One unit of work around each request: a GET changes nothing, an answer of 400 or more neither."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ScalarSelect

from jobsearch.core import db as database
from jobsearch.core.access import Actor, LinkHolder, LinkState
from jobsearch.core.away import is_away
from jobsearch.core.errors import Conflict
from jobsearch.core.looks import Look, written
from jobsearch.core.scope import NOBODY, Scope
from jobsearch.web import once
from jobsearch.web.errors import away_page, error_page
from jobsearch.web.headers import set_headers

log = logging.getLogger("jobsearch.web")

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_REFUSED = frozenset({403, 404})


@dataclass(frozen=True, slots=True)
class Trace:
    """One look at a person's sensitive data, written down after the answer."""

    person_id: str
    what: str


_View = TypeVar("_View", bound=Callable[..., Any])
Identify = Callable[[ScalarSelect[Any] | None], Actor | None]
Remember = Callable[[Actor, list[Trace], Mapping[str, Any] | None], None]
Follow = Callable[[str, str], LinkHolder | None]


def init_unit(app: Flask, identify: Identify, follow: Follow, remember: Remember) -> None:
    """Put the unit of work around every request.

    `identify` says who asks, by the cookie, and `follow` who holds a personal link; both leave
    `g.head`, what the page's head says of the organisation. `remember` writes looks and last-seen
    times after the answer, in a transaction of its own.
    """
    app.extensions["jobsearch_identify"] = identify
    app.extensions["jobsearch_follow"] = follow
    app.extensions["jobsearch_remember"] = remember
    app.before_request(_open)
    app.after_request(_finish)
    app.teardown_request(_let_go)


def reads(person_id: str, what: Look, of: str = "") -> None:
    """Leave a trace that the actor looked at this person's data; `of` is the key of one thing."""
    g.traces.append(Trace(person_id, written(what, of)))


def reads_each(person_ids: Iterable[str], what: Look) -> None:
    """Leave a trace for everyone whose data a list or a file holds: one for each of them."""
    for person_id in dict.fromkeys(person_ids):
        reads(person_id, what)


def rides(rider: ScalarSelect[Any]) -> Callable[[_View], _View]:
    """The view wants one thing more, asked in the same statement as who comes.

    The rider is held to the organisation of `Membership` itself, as there is no scope yet; its
    values are those of the view's address.
    """

    def mark_view(view: _View) -> _View:
        view.rider = rider  # type: ignore[attr-defined]
        return view

    return mark_view


def by_itself(view: _View) -> _View:
    """The view wants no unit of work and nobody's name: it answers when the database does not."""
    view.by_itself = True  # type: ignore[attr-defined]
    return view


def ridden() -> Any:
    """What the view's rider found, or None."""
    return g.head.rider


def is_of_demo() -> bool:
    """Whether who comes belongs to an organisation whose people are made up."""
    head = g.get("head")
    return head is not None and head.demo_since is not None


def answered() -> int:
    """The status of this request's answer, for what is noted after it."""
    status: int = g.answered
    return status


def keep_refusal() -> None:
    """Keep what this request changed although its answer is a refusal (a wrong code is counted)."""
    g.keep_refusal = True


def _open() -> None:
    g.actor = g.head = g.once = None
    g.traces = []
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return
    app = current_app
    view = app.view_functions[endpoint]
    if hasattr(view, "by_itself"):
        return
    session_info = database.open_request(read_only=request.method in _SAFE)
    g.unit_open = True
    purpose = getattr(view, "link_purpose", None)
    if purpose is not None:
        session_info["scope"] = _follow(purpose)
        return
    actor: Actor | None = app.extensions["jobsearch_identify"](getattr(view, "rider", None))
    g.actor = session_info["actor"] = actor
    scope = NOBODY if actor is None else Scope(actor.organisation_ids, actor.role)
    session_info["scope"] = scope


def _follow(purpose: str) -> Scope:
    secret = (request.view_args or {}).get("link_secret", "")
    holder: LinkHolder | None = current_app.extensions["jobsearch_follow"](purpose, secret)
    g.link = holder
    if holder is None or holder.state is not LinkState.LIVE:
        return NOBODY
    return Scope(frozenset({holder.organisation_id}), f"personal link: {purpose}")


def replay_once() -> ResponseReturnValue | None:
    """Answer a resent form as its first sending was answered."""
    return once.replay() if g.get("unit_open") else None


def _finish(response: Response) -> Response:
    if g.get("unit_open"):
        if request.method not in _SAFE:
            response = _commit(response)
        database.close()
        response = _noted(response)
    return set_headers(response)


def _commit(response: Response) -> Response:
    if response.status_code >= 400 and not g.get("keep_refusal"):
        database.db.session.rollback()
        return response
    try:
        once.spend(response)
        database.commit()
    except Conflict:
        return _after_conflict()
    except Exception as error:
        if not is_away(error):
            raise
        return current_app.make_response(away_page(error))
    return response


def _after_conflict() -> Response:
    """A resend that lost the race by a hair gets its twin's answer; any other loser reads 409."""
    replayed = once.replay()
    if replayed is not None:
        return current_app.make_response(replayed)
    return current_app.make_response(error_page(409))


def _noted(response: Response) -> Response:
    """Note the looks; what nobody could find out afterwards is not shown.

    A full disk keeps no other page from being read: that the sign-in lives is noted the next time.
    """
    try:
        _remember(response)
    except Exception as error:
        if not is_away(error):
            raise
        if g.traces and not response.location:
            return current_app.make_response(away_page(error))
        log.warning("not noted after the answer", exc_info=error)
    return response


def _remember(response: Response) -> None:
    actor: Actor | None = g.get("actor")
    if actor is None:
        return
    g.answered = response.status_code
    # an unchanged poll logs no look, but a board that somebody has before her is not idle
    traces: list[Trace] = g.traces if response.status_code != 304 else []
    refused = response.status_code in _REFUSED
    tried = request.view_args if refused else None
    if response.status_code < 400 or traces or tried or actor.glass is not None:
        traces = list(dict.fromkeys(traces))
        current_app.extensions["jobsearch_remember"](actor, traces, tried)


def _let_go(_error: BaseException | None) -> Any:
    if "opening" in g:
        database.close()
