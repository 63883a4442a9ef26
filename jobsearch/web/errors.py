"""Error pages: what happened, whether the data is safe, what to do next, and a reference."""

import logging
from typing import Any

from flask import Flask, g, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from jobsearch.core.errors import Conflict, NotVisible, RuleBroken
from jobsearch.core.tokens import new_key
from jobsearch.web.templating import draw
from jobsearch.web.words import say_rule

log = logging.getLogger("jobsearch.web")


def error_page(status: int, detail: str | None = None) -> tuple[str, int]:
    """The page for a status, in the person's language, with a reference that is also in the log."""
    reference = new_key()[:8].upper()
    log.warning(
        "answer %s reference=%s endpoint=%s method=%s",
        status,
        reference,
        request.endpoint,
        request.method,
    )
    page = draw("error/page.html", status=status, reference=reference, detail=detail)
    return page, status


def init_errors(app: Flask) -> None:
    """Answer every refusal and every failure with a page."""
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(NotVisible, lambda _error: error_page(404))
    app.register_error_handler(Conflict, lambda _error: error_page(409))
    app.register_error_handler(StaleDataError, lambda _error: error_page(409))
    app.register_error_handler(IntegrityError, lambda _error: error_page(409))
    app.register_error_handler(CSRFError, lambda _error: error_page(400))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _failure)


def _rule_broken(error: RuleBroken) -> tuple[str, int]:
    return error_page(422, say_rule(error))


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    return error_page(error.code)


def _database(error: Exception) -> tuple[str, int]:
    log.error("the database does not answer", exc_info=error)
    g.unit_open = False
    return error_page(503)


def _failure(error: Exception) -> tuple[str, int]:
    log.error("unexpected failure", exc_info=error)
    return error_page(500)
