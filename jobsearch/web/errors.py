"""Error pages: what happened, whether the data is safe, what to do next, and a reference."""

import logging
from contextlib import suppress
from typing import Any

from flask import Flask, g, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from jobsearch.core.away import is_away
from jobsearch.core.errors import Conflict, FateUnknown, NotVisible, RuleBroken
from jobsearch.core.tokens import new_key
from jobsearch.web.templating import draw
from jobsearch.web.words import say_rule

log = logging.getLogger("jobsearch.web")

RETRY_SECONDS = 30
"""When a program may ask again, and a proxy may believe that we are back."""

_Page = tuple[str, int] | tuple[str, int, dict[str, str]]


def error_page(status: int, detail: str | None = None, again_after: int | None = None) -> _Page:
    """The page for a status, in the person's language, with a reference that is also in the log.

    `again_after` is in how many seconds the same may be asked again; the page offers to do so.
    """
    reference = new_key()[:8].upper()
    log.warning(
        "answer %s reference=%s endpoint=%s method=%s",
        status,
        reference,
        request.endpoint,
        request.method,
    )
    g.asks_nothing = status >= 500  # what has just failed is not asked for the page that says so
    again = None if again_after is None else _again()
    page = draw("error/page.html", status=status, reference=reference, detail=detail, again=again)
    wait = RETRY_SECONDS if status == 503 else again_after
    return (page, status, {"Retry-After": str(wait)}) if wait else (page, status)


def _again() -> dict[str, Any]:
    """The same request once more: its address, and what was sent but for files."""
    sent = [one for one in request.form.items(multi=True) if one[0] != "csrf_token"]
    return {
        "address": request.full_path.rstrip("?"),
        "sends": request.method == "POST",
        "fields": sent,
        "lost_files": bool(request.files),
    }


def away_page(error: BaseException) -> _Page:
    """The page for a database or a disk that fails us; nothing is asked of either for it.

    Where the answer to a commit was lost it may have been saved; the same form, sent again, is
    kept once either way.
    """
    log.error("the database or the disk is away", exc_info=error)
    g.unit_open = False
    with suppress(Exception):  # an answer to half a file is cut off with it: take in the rest
        request.stream.exhaust()  # type: ignore[attr-defined]
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return error_page(503)
    if isinstance(error, FateUnknown):
        said = _(
            "The fault is in the service, not in you. It is not certain that what you sent just "
            "now was saved. Send it again: it is kept only once."
        )
    else:
        said = _("The fault is in the service, not in you. What you sent just now was not saved.")
    return error_page(503, said)


def init_errors(app: Flask) -> None:
    """Answer every refusal and every failure with a page."""
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(NotVisible, lambda _error: error_page(404))
    app.register_error_handler(Conflict, lambda _error: error_page(409))
    app.register_error_handler(StaleDataError, lambda _error: error_page(409))
    app.register_error_handler(IntegrityError, lambda _error: error_page(409))
    app.register_error_handler(CSRFError, lambda _error: error_page(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failure)


def _rule_broken(error: RuleBroken) -> _Page:
    return error_page(422, say_rule(error))


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    original = getattr(error, "original_exception", None)  # what failed after the view or in a page
    if original is not None and is_away(original):
        return away_page(original)
    return error_page(error.code)


def _failure(error: Exception) -> _Page:
    if is_away(error):
        return away_page(error)
    log.error("unexpected failure", exc_info=error)
    return error_page(500)
